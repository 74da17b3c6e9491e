import { Anchor, Code, Text } from '@mantine/core'
import classes from '../account.module.css'

/** With AUTH=off: what that means, and how to go from there. */
export function NoAccounts() {
  return (
    <section className={classes.section} aria-labelledby="nobody">
      <h2 id="nobody">Nobody signs in here</h2>
      <div className={`${classes.card} ${classes.body}`}>
        <Text>
          Landed serves the one person at this machine and answers nobody else. So there is no password, no session to end and nobody to
          invite. API tokens can be made, but nobody asks for them.
        </Text>
        <Text mt={12}>
          To reach it from your phone, or to share it, start it with <Code>AUTH=on</Code>. The first account you make is the admin. Your
          search comes along with <Code>npm run accounts -- claim-local you@example.com</Code>.
        </Text>
        <Text mt={12}>
          <Anchor href="/docs/accounts">How to switch accounts on</Anchor>
        </Text>
      </div>
    </section>
  )
}
