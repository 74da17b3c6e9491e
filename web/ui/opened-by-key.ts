/** When a menu or popover that a key opens closes again. Without the keyboard: the very key that opens it would close it. */
export const closesOn: ('mousedown' | 'touchstart')[] = ['mousedown', 'touchstart']
