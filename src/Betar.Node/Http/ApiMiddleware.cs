using Betar.Node.Http.Routing;

namespace Betar.Node.Http;

/// <summary>Stands around every handler: knows the route, and the body's bytes as they were sent.</summary>
internal delegate Task<ApiAnswer> ApiMiddleware(ApiRoute route, ApiRequest request, ReadOnlyMemory<byte> body);
