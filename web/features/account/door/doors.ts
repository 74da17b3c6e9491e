const doors = ['/sign-in', '/sign-up', '/forgot-password', '/reset-password', '/verify-email', '/invitation']

/** Whether this is a page for who is not in yet. */
export const isDoor = (path: string) => doors.includes(path)
