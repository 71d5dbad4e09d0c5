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
    public const string Type = "info";
    private const int MaxTypeLength = 128;
    private const int MaxRequestLength = 4 * 1024;
    private const int MaxAnswerLength = 8 * 1024 * 1024;

    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(30);

    public static async Task AnswerAsync(Stream stream, IReadOnlyCollection<Listing> listings, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(s_deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            string? type = await ReadTypeAsync(stream, both.Token);
            if (type is null)
                return;
            byte[] body = type == Type
                ? JsonSerializer.SerializeToUtf8Bytes([.. listings], NodeJson.Default.ListListing)
                : System.Text.Encoding.UTF8.GetBytes($"unknown message type: {type}");
            byte[] answer = new byte[4 + body.Length];
            BinaryPrimitives.WriteInt32BigEndian(answer, body.Length);
            body.CopyTo(answer, 4);
            await stream.WriteAsync(answer, both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // A slow peer gets no answer, as with the original.
        }
        catch (IOException)
        {
            // The peer is gone.
        }
    }

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

    private static async Task<string?> ReadTypeAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[MaxTypeLength];
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 2), cancellationToken);
        int typeLength = BinaryPrimitives.ReadUInt16BigEndian(buffer);
        if (typeLength is 0 or > MaxTypeLength)
            return null;
        await stream.ReadExactlyAsync(buffer.AsMemory(0, typeLength), cancellationToken);
        string type = System.Text.Encoding.UTF8.GetString(buffer, 0, typeLength);
        await stream.ReadExactlyAsync(buffer.AsMemory(0, 4), cancellationToken);
        uint dataLength = BinaryPrimitives.ReadUInt32BigEndian(buffer);
        if (dataLength > MaxRequestLength)
            return null;
        await stream.ReadExactlyAsync(new byte[dataLength], cancellationToken);
        return type;
    }
}
