package submission

// What tests look at from outside.

// SourceOf is where a list comes from.
var SourceOf = source

// Deeds are the steps that signatures are of.
var Deeds = deeds

// AskedOf is whether the journal has it that a unit was asked for a submission.
var AskedOf = askedOf

// Differs is whether anybody can see that a figure changed.
var Differs = differs
