using Betar.Node.Http.Operations;
using Betar.Node.Http.Tokens;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Http;

/// <summary>What the HTTP interface stands on.</summary>
internal sealed record ApiServices(NodeOperations Operations, ApiTokens Tokens, TimeProvider Time, ILoggerFactory Loggers)
{
    /// <summary>Names what keeps the node from serving; null: nothing.</summary>
    public Func<string?> Missing { get; init; } = () => null;
}
