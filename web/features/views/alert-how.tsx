import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'

/** When an alert tells, and where. */
export function AlertHow() {
  return (
    <p className="dimmed" style={{ margin: 0 }}>
      An alert tells you in your inbox as soon as a job comes into the view, not of those that are in it already. Whether by e-mail and push
      as well, you choose in{' '}
      <Anchor component={Link} to="/settings/notifications" underline="always" inherit>
        what you are told
      </Anchor>
      .
    </p>
  )
}
