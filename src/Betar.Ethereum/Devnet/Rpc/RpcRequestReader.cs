using System.Text;
using System.Text.Json;

namespace Betar.Ethereum.Devnet;

/// <summary>Takes a JSON-RPC body apart. Total: whatever comes, the answer is requests or a fault, never an exception.</summary>
internal static class RpcRequestReader
{
    const int MaxMethodLength = 64;

    internal static ReadOnlyMemory<byte> NullId { get; } = "null"u8.ToArray();

    /// <summary>Null when the requests are in the list; otherwise the fault of the whole body.</summary>
    internal static RpcFault? Read(ReadOnlyMemory<byte> body, DevnetOptions options, List<RpcRequest> requests, out bool isBatch)
    {
        isBatch = false;
        if (body.Length > options.MaxRequestBytes)
            return RpcFault.InvalidRequest($"the body is longer than {options.MaxRequestBytes} bytes");
        try
        {
            return ReadBody(body, options, requests, out isBatch);
        }
        catch (JsonException)
        {
            isBatch = false;
            return RpcFault.Parse;
        }
    }

    static RpcFault? ReadBody(ReadOnlyMemory<byte> body, DevnetOptions options, List<RpcRequest> requests, out bool isBatch)
    {
        var reader = new Utf8JsonReader(body.Span);
        reader.Read();
        isBatch = reader.TokenType == JsonTokenType.StartArray;
        if (!isBatch)
        {
            requests.Add(ReadOne(ref reader, body));
        }
        else
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (requests.Count == options.MaxBatch)
                    return RpcFault.InvalidRequest($"a batch holds at most {options.MaxBatch} requests");
                requests.Add(ReadOne(ref reader, body));
            }

            if (requests.Count == 0)
                return RpcFault.InvalidRequest("an empty batch");
        }

        // Anything but white space behind the value is no JSON.
        reader.Read();
        return null;
    }

    static RpcRequest ReadOne(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return Invalid("not an object");
        }

        ReadOnlyMemory<byte>? id = null;
        ReadOnlyMemory<byte> parameters = default;
        string? method = null;
        string? fault = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.IsText("method"u8))
            {
                reader.Read();
                method = reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= MaxMethodLength
                    ? Encoding.UTF8.GetString(reader.ValueSpan)
                    : null;
                reader.Skip();
            }
            else if (reader.IsText("params"u8))
            {
                reader.Read();
                if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null))
                    fault = "params is no array";
                parameters = reader.TokenType == JsonTokenType.StartArray ? Slice(ref reader, body) : Skip(ref reader);
            }
            else if (reader.IsText("id"u8))
            {
                reader.Read();
                if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number or JsonTokenType.Null))
                    fault = "id is no string, number or null";
                var slice = Slice(ref reader, body);
                id = fault is null ? slice : NullId;
            }
            else
            {
                reader.Skip();
            }
        }

        fault ??= method is null ? "method is missing or no short string" : null;
        return fault is null
            ? new RpcRequest(id, method!, parameters, null)
            : new RpcRequest(id ?? NullId, "", default, RpcFault.InvalidRequest(fault));
    }

    static RpcRequest Invalid(string fault) => new(NullId, "", default, RpcFault.InvalidRequest(fault));

    static ReadOnlyMemory<byte> Skip(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return default;
    }

    static ReadOnlyMemory<byte> Slice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }
}
