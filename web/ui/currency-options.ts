let options: { value: string; label: string }[] | null = null

/** Every currency with its name, for a searchable select. */
export function currencyOptions() {
  const names = new Intl.DisplayNames('en', { type: 'currency' })
  options ??= Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code}, ${names.of(code)}` }))
  return options
}
