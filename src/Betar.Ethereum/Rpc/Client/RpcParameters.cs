using System.Buffers;
using System.Text.Json;

namespace Betar.Ethereum;

/// <summary>The parameters of the calls that the client makes, as JSON arrays.</summary>
internal static class RpcParameters
{
    static readonly JsonWriterOptions _writing = new() { SkipValidation = true };

    internal static ReadOnlyMemory<byte> None { get; } = "[]"u8.ToArray();

    internal static ReadOnlyMemory<byte> LatestBlock { get; } = Block(BlockTag.Latest);

    internal static ReadOnlyMemory<byte> Raw(ReadOnlyMemory<byte> raw, long? timeoutMilliseconds = null) => Write(2 * raw.Length + 32, json =>
    {
        json.WriteHexValue(raw.Span);
        if (timeoutMilliseconds is { } timeout)
            json.WriteNumberValue(timeout);
    });

    internal static ReadOnlyMemory<byte> Hash(Hash32 hash) => Write(80, json => json.WriteHexValue(hash));

    internal static ReadOnlyMemory<byte> Block(BlockTag block) => Write(32, json =>
    {
        json.WriteStringValue(block.ToString());
        json.WriteBooleanValue(false);
    });

    internal static ReadOnlyMemory<byte> AccountAt(Address account, BlockTag block) => Write(80, json =>
    {
        json.WriteHexValue(account);
        json.WriteStringValue(block.ToString());
    });

    internal static ReadOnlyMemory<byte> Call(CallRequest call) => Write(2 * call.Data.Length + 192, json =>
    {
        json.WriteStartObject();
        if (call.From is { } from)
            json.WriteHex("from"u8, from);
        if (!call.Creates)
            json.WriteHex("to"u8, (Address?)call.To);
        json.WriteHex("data"u8, call.Data.Span);
        json.WriteEndObject();
        json.WriteStringValue(call.Block.ToString());
    });

    internal static ReadOnlyMemory<byte> Filter(LogFilter filter) => Write(512, json =>
    {
        json.WriteStartObject();
        if (filter.FromBlock is { } fromBlock)
            json.WriteQuantity("fromBlock"u8, fromBlock);
        if (filter.ToBlock is { } toBlock)
            json.WriteQuantity("toBlock"u8, toBlock);
        if (filter.Address is { } address)
            json.WriteHex("address"u8, address);
        json.WriteStartArray("topics"u8);
        foreach (var topic in filter.Topics)
        {
            if (topic is { } hash)
                json.WriteHexValue(hash);
            else
                json.WriteNullValue();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    static ReadOnlyMemory<byte> Write(int capacity, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(capacity);
        using (var json = new Utf8JsonWriter(buffer, _writing))
        {
            json.WriteStartArray();
            content(json);
            json.WriteEndArray();
        }

        return buffer.WrittenMemory;
    }
}
