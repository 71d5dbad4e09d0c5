using System.Text.Json;

namespace Betar.Ethereum;

/// <summary>Sorts the answers of one HTTP response to the calls they belong to. The response is foreign: nothing in it throws.</summary>
internal static class RpcResponseReader
{
    const int MaxMessageLength = 1024;
    const int MaxErrorDataBytes = 64 * 1024;

    /// <summary>Fills one answer per call; ids run from <paramref name="firstId"/> on.</summary>
    internal static void Read(ReadOnlyMemory<byte> body, long firstId, Span<RpcAnswer?> answers)
    {
        string? fault;
        try
        {
            fault = ReadBody(body, firstId, answers);
        }
        catch (JsonException)
        {
            fault = "it is no JSON";
        }

        foreach (ref var answer in answers)
            answer ??= RpcAnswer.Invalid(fault ?? "it has no answer to this call");
    }

    static string? ReadBody(ReadOnlyMemory<byte> body, long firstId, Span<RpcAnswer?> answers)
    {
        var reader = new Utf8JsonReader(body.Span);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            return ReadOne(ref reader, body, firstId, answers, alone: true);
        if (reader.TokenType != JsonTokenType.StartArray)
            return "it is neither an object nor an array";
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (ReadOne(ref reader, body, firstId, answers, alone: false) is { } fault)
                return fault;
        }

        return reader.TokenType == JsonTokenType.EndArray ? null : "an item of the batch is no object";
    }

    static string? ReadOne(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, long firstId, Span<RpcAnswer?> answers, bool alone)
    {
        long? id = null;
        ReadOnlyMemory<byte>? result = null;
        RpcError? error = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.IsText("id"u8))
            {
                reader.Read();
                id = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;
            }
            else if (reader.IsText("result"u8))
            {
                reader.Read();
                result = Slice(ref reader, body);
            }
            else if (reader.IsText("error"u8))
            {
                reader.Read();
                error = ReadError(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        var answer = error is not null ? RpcAnswer.Failed(error)
            : result is { } value ? RpcAnswer.Of(value)
            : RpcAnswer.Invalid("it has neither result nor error");

        // A node that refuses the whole request answers one error without an id.
        if (alone && id is null && error is not null)
        {
            answers.Fill(answer);
            return null;
        }

        if (id is not { } known || known < firstId || known - firstId >= answers.Length)
            return "it answers a call that was not made";
        ref var slot = ref answers[(int)(known - firstId)];
        if (slot is not null)
            return "it answers one call twice";
        slot = answer;
        return null;
    }

    static ReadOnlyMemory<byte> Slice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }

    // Nodes send an object; a null counts as none, anything else as an error of unknown code.
    static RpcError? ReadError(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return new RpcError(0, "an error of unknown shape", default);
        }

        var code = 0;
        var message = "";
        byte[] data = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.IsText("code"u8))
            {
                reader.Read();
                code = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : 0;
            }
            else if (reader.IsText("message"u8))
            {
                reader.Read();
                message = ReadText(ref reader);
            }
            else if (reader.IsText("data"u8))
            {
                reader.Read();
                if (!reader.TryGetData(MaxErrorDataBytes, out data))
                    reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        return new RpcError(code, message, data);
    }

    static string ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return "";
        }

        try
        {
            var text = reader.GetString() ?? "";
            return text.Length <= MaxMessageLength ? text : text[..MaxMessageLength];
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half of a surrogate pair.
            return "a message that is no text";
        }
    }
}
