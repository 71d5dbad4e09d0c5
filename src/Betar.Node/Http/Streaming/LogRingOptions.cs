using Microsoft.Extensions.Logging;

namespace Betar.Node.Http.Streaming;

/// <summary>How much of its log a node keeps in memory for those who ask later.</summary>
internal sealed record LogRingOptions
{
    /// <summary>The latest so many records. Range 1 to 1,000,000; default 2,000.</summary>
    public int Records { get; init; } = 2_000;

    /// <summary>Longest message that is kept whole, in characters; of a longer one its beginning is kept. Range 1 to 1,000,000; default 2,000.</summary>
    public int MessageLength { get; init; } = 2_000;

    /// <summary>The least level that is kept while nobody asks for more; default information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Who asks for a lower level has it kept for so long, and again with each question. Range 1 s to 1 hour; default 1 minute.</summary>
    public TimeSpan Attention { get; init; } = TimeSpan.FromMinutes(1);
}
