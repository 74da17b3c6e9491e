import { Modal, Switch, Title } from '@mantine/core'
import { useState } from 'react'
import { letterKeysAreOn, listKeys, turnLetterKeys } from '../ui/keys.ts'
import { Keys } from '../ui/keys-shown.tsx'
import classes from './key-map.module.css'

type KeyMapProps = { isOpen: boolean; onClose: () => void }

export function KeyMap({ isOpen, onClose }: KeyMapProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys" size={720}>
      <KeyList />
    </Modal>
  )
}

function KeyList() {
  const [areOn, setOn] = useState(letterKeysAreOn)
  return (
    <>
      <div className={classes.scopes}>
        {listKeys().map(({ scope, bindings }) => (
          <section key={scope}>
            <Title order={3}>{scope}</Title>
            <dl className={classes.list}>
              {bindings.map(({ keys, label }) => (
                <div key={keys} className={classes.row}>
                  <dt>{label}</dt>
                  <dd>
                    <Keys keys={keys} />
                    <span className={classes.spoken}>{keys}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        mt="lg"
        label="Letter keys on this device"
        description="They never act while you type. Turn them off if dictation or another tool presses them by accident."
        checked={areOn}
        onChange={(event) => {
          turnLetterKeys(event.currentTarget.checked)
          setOn(event.currentTarget.checked)
        }}
      />
    </>
  )
}
