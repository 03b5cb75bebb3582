package part

// htmxConfig turns off what the content policy forbids (styles of its own, eval) and has a refused form
// (422, 409) shown again in place.
const htmxConfig = `{"includeIndicatorStyles":false,"allowEval":false,"historyCacheSize":0,"responseHandling":[` +
	`{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"4(09|22)","swap":true},` +
	`{"code":"[45]..","swap":false,"error":true}]}`
