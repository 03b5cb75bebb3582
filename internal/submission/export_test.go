package submission

// What tests look at from outside.

// SourceOf is where a list comes from.
var SourceOf = source
