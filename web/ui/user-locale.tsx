import { createContext, useContext } from 'react'

export type UserLocale = { timezone: string; locale: string; weekStartsOn: 'monday' | 'saturday' | 'sunday' }

const Context = createContext<UserLocale>({ timezone: 'UTC', locale: 'en-GB', weekStartsOn: 'monday' })

/** From the settings; the app provides it, so that nothing below has to load them. */
export const UserLocaleProvider = Context.Provider
export const useUserLocale = () => useContext(Context)
