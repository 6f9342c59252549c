/** What the cloud of the benchmark answers with. */

/** The devices of a user. */
export const devices = Array.from({ length: 5 }, (_, index) => ({
  id: `device-${index}`,
  name: `Lamp ${index}`,
  category: "dj",
  online: true,
  status: [{ code: "switch_led", value: true }],
}));
