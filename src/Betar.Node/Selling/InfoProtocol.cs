using System.Buffers.Binary;
using System.Text.Json;

namespace Betar.Node.Selling;

/// <summary>
/// The "info" question of /betar/marketplace/1.0.0: type_len u16 ‖ type ‖ data_len u32 ‖ data, answered by len u32 ‖ JSON array of
/// listings. One question a stream.
/// </summary>
internal static class InfoProtocol
{
    public const string StreamId = "/betar/marketplace/1.0.0";
        private const int MaxAnswerLength = 8 * 1024 * 1024;

    /// <returns>The listings, or null when the answer is none.</returns>
    public static async Task<IReadOnlyList<Listing>?> AskAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(new byte[] { 0, 4, (byte)'i', (byte)'n', (byte)'f', (byte)'o', 0, 0, 0, 0 }, cancellationToken);
            byte[] header = new byte[4];
            await stream.ReadExactlyAsync(header, cancellationToken);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (length > MaxAnswerLength)
                return null;
            byte[] body = new byte[length];
            await stream.ReadExactlyAsync(body, cancellationToken);
            return JsonSerializer.Deserialize(body, NodeJson.Default.ListListing);
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return null;
        }
    }
}
