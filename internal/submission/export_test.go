package submission

// What tests look at from outside.

// SourceOf is where a list comes from.
var SourceOf = source

// Deeds are the steps that signatures are of.
var Deeds = deeds
