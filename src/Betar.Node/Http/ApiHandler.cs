namespace Betar.Node.Http;

/// <summary>Answers the requests of one route.</summary>
internal delegate Task<ApiAnswer> ApiHandler(ApiRequest request);
