using Betar.Node.Http.Metering;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Routing;
using Betar.Node.Http.Streaming;
using Betar.Node.Http.Tokens;
using Betar.Storage.Idempotency;
using Betar.Storage.Ledger;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Http;

/// <summary>What the HTTP interface stands on.</summary>
internal sealed record ApiServices(NodeOperations Operations, ApiTokens Tokens, ILedger Ledger, DurableIdempotency Repeats, TimeProvider Time, ILoggerFactory Loggers)
{
    /// <summary>Names what keeps the node from serving; null: nothing.</summary>
    public Func<string?> Missing { get; init; } = () => null;

    /// <summary>Counts since before the interface was opened; null: from then on.</summary>
    public MetricCollector? Collector { get; init; }

    /// <summary>Routes that stand on more than operations.</summary>
    public IReadOnlyList<ApiRoute> More { get; init; } = [];

    /// <summary>The log that can be listened to.</summary>
    public LogFeed Log { get; init; } = new(Loggers, Time);
}
