import { CloseButton, Input, VisuallyHidden } from '@mantine/core'
import { IconAlertCircle, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { announce } from '../../ui/announce.tsx'
import { partsOf } from './pieces.ts'
import classes from './query-box.module.css'
import { SuggestionList } from './suggestion-list.tsx'
import { type QueryBoxState, useQueryBox } from './use-query-box.ts'
import { type Suggestion, useSuggestions } from './use-suggestions.ts'

type QueryBoxProps = QueryBoxState & {
  label: string
  placeholder: string
  /** What the search that found nothing may have meant. */
  didYouMean: string | undefined
  /** Into the results. */
  onLeave: () => void
}

const nameOf = ({ label, what }: Suggestion) => `${what} ${label}`

/** Words, and filters as `name:value`: see web/README.md for what stands where. */
export function QueryBox({ label, placeholder, didYouMean, onLeave, ...state }: QueryBoxProps) {
  const { syntax, box } = state
  const query = useQueryBox(state)
  const { text, caret, problems } = query
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const { options: suggested, hint } = useSuggestions(syntax, text, caret, problems, isOpen)
  const meant: Suggestion[] = didYouMean ? [{ label: didYouMean.trim(), what: 'did you mean', place: { at: 0, length: text.length } }] : []
  const options = [...meant, ...suggested]
  const isShown = isOpen && (options.length > 0 || problems.length > 0 || hint !== null)
  const [listId, problemId] = [useId(), useId()]

  const said = problems.map(({ message }) => message).join(' ')
  useEffect(() => {
    if (said !== '') announce(said)
  }, [said])
  // By its name: what is found meanwhile joins the others, and the choice stays on what was chosen.
  const at = chosen === null ? -1 : options.findIndex((one) => nameOf(one) === chosen)
  const active = at < 0 ? null : at
  const setActive = (index: number | null) => {
    const one = index === null ? undefined : options[index]
    setChosen(one ? nameOf(one) : null)
  }

  const take = (one: Suggestion) => {
    setChosen(null)
    if (one.filter) query.takeFilter(one.place, one.filter)
    else if (one.write !== undefined) query.replace(one.place, one.write)
    else if (didYouMean) query.say(didYouMean)
    setOpen(one.write?.endsWith(':') ?? false)
    box.current?.focus()
  }
  const leave = () => {
    setOpen(false)
    const [wrong] = query.settle()
    if (wrong) {
      // Stays, with what is wrong chosen, so that it can be typed over.
      setOpen(true)
      box.current?.setSelectionRange(wrong.at, wrong.at + wrong.length)
      return
    }
    box.current?.blur()
    onLeave()
  }

  const keys: Record<string, () => void> = {
    Enter: () => {
      const one = active === null ? undefined : options[active]
      if (isShown && one) take(one)
      else if (didYouMean) query.say(didYouMean)
      else leave()
    },
    ArrowDown: () => {
      const next = active === null ? 0 : active + 1
      if (isShown && next < options.length) setActive(next)
      else leave()
    },
    ArrowUp: () => setActive(active === null || active === 0 ? null : active - 1),
    Escape: () => {
      if (isShown) setOpen(false)
      else if (text !== '') query.clear()
      else box.current?.blur()
    },
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const { selectionStart, selectionEnd } = event.currentTarget
    const isAtStart = selectionStart === 0 && selectionEnd === 0
    const run = keys[event.key]
    if (run) run()
    else if (!(event.key === 'Backspace' && isAtStart && query.takeBack())) return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={classes.place}>
      <Input
        ref={box}
        role="combobox"
        // Otherwise the library's own description and validity, of which there are none, take the place of ours.
        withAria={false}
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={isShown && options.length > 0}
        aria-controls={isShown ? listId : undefined}
        aria-activedescendant={isShown && active !== null ? `${listId}-${active}` : undefined}
        aria-describedby={problems.length > 0 ? problemId : undefined}
        aria-invalid={problems.length > 0 || undefined}
        data-wrong={problems.length > 0 || undefined}
        placeholder={placeholder}
        leftSection={
          problems.length > 0 ? <IconAlertCircle size={16} color="var(--danger)" aria-hidden /> : <IconSearch size={16} aria-hidden />
        }
        rightSectionPointerEvents="all"
        rightSection={text !== '' && <CloseButton size="sm" aria-label="Clear the search" onClick={query.clear} />}
        value={text}
        onChange={(event) => {
          setChosen(null)
          query.type(event.currentTarget.value, event.currentTarget.selectionStart ?? event.currentTarget.value.length)
          setOpen(true)
        }}
        onSelect={(event) => query.moveCaret(event.currentTarget.selectionStart ?? 0)}
        onFocus={() => setOpen(problems.length > 0)}
        onBlur={() => {
          setOpen(false)
          query.settle()
        }}
        onKeyDown={press}
        classNames={{ input: classes.input }}
        enterKeyHint="search"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
      />
      <Marks box={box} text={text} problems={problems} />
      <VisuallyHidden id={problemId}>{said}</VisuallyHidden>
      {isShown && <SuggestionList id={listId} options={options} active={active} problems={problems} hint={hint} onTake={take} />}
    </div>
  )
}

type MarksProps = Pick<QueryBoxState, 'box'> & { text: string; problems: ReturnType<typeof useQueryBox>['problems'] }

/** Lies over the box, letter by letter: a line under what is a filter, a wavy one under what cannot be read. */
function Marks({ box, text, problems }: MarksProps) {
  const marks = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const input = box.current
    const follow = () => {
      if (marks.current && input) marks.current.scrollLeft = input.scrollLeft
    }
    follow()
    input?.addEventListener('scroll', follow)
    return () => input?.removeEventListener('scroll', follow)
  })
  return (
    <div ref={marks} className={classes.marks} aria-hidden>
      {partsOf(text, problems).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
        <span key={index} data-kind={part.kind}>
          {part.text}
        </span>
      ))}
    </div>
  )
}
