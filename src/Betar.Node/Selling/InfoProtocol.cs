using System.Text.Json;
using Betar.Marketplace.Exchange;

namespace Betar.Node.Selling;

/// <summary>The "info" question of /betar/marketplace/1.0.0, answered by a JSON array of listings.</summary>
internal static class InfoProtocol
{
    private const string Type = "info";

    /// <returns>The listings, or null when the answer is none.</returns>
    public static async Task<IReadOnlyList<Listing>?> AskAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(MarketFrames.Request(Type, default), cancellationToken);
            return await MarketFrames.ReadResponseAsync(stream, MarketFrames.MaxBytes, cancellationToken) is { } body
                ? JsonSerializer.Deserialize(body.Span, NodeJson.Default.ListListing)
                : null;
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return null;
        }
    }
}
