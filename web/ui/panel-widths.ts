/** In px. */
export const panelWidths = { min: 420, max: 640, usual: 520 } as const

/** The element of the layout that the panel is put into. */
export const panelSlotId = 'detail-panel'
