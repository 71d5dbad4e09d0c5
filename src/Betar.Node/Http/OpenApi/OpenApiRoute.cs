using Betar.Node.Http.Routing;

namespace Betar.Node.Http.OpenApi;

/// <summary>The document itself.</summary>
internal sealed class OpenApiRoute(Func<IEnumerable<ApiRoute>> routes)
{
    public ApiRoute Route => new("GET", "/v1/openapi.json", ApiRole.Read, _ => Task.FromResult(ApiAnswer.Json(writer => OpenApiDocument.Write(writer, routes()))));
}
