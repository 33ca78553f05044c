"""When things happen: intake, dispatch, upkeep and the bell; the workers that read; and what is well or not."""
