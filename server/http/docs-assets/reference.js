// Starts the API reference; a file of its own because inline scripts are refused.
window.SwaggerUIBundle({ url: '/openapi.json', dom_id: '#reference', deepLinking: true, tryItOutEnabled: true, validatorUrl: null })
