using System.Text.Json;

namespace Betar.Ethereum;

/// <summary>Reads results of the node's methods. Foreign JSON: false for every other shape.</summary>
internal static class RpcResults
{
    internal delegate bool Read<T>(ref Utf8JsonReader reader, out T value);

    internal const int MaxDataBytes = 4 * 1024 * 1024;
    const int MaxTopics = 4;

    /// <summary>Applies a reader to a result that holds exactly one value.</summary>
    internal static bool TryRead<T>(ReadOnlyMemory<byte> result, Read<T> read, out T value)
    {
        var reader = new Utf8JsonReader(result.Span);
        try
        {
            if (reader.Read() && read(ref reader, out value))
                return true;
        }
        catch (JsonException)
        {
            // Falls to the refusal below: a result that is no JSON is one more wrong shape.
        }

        value = default!;
        return false;
    }

    internal static bool Quantity(ref Utf8JsonReader reader, out ulong value) => reader.TryGetQuantity(out value);

    internal static bool UInt256(ref Utf8JsonReader reader, out UInt256 value) => reader.TryGetUInt256(out value);

    internal static bool Hash(ref Utf8JsonReader reader, out Hash32 value) => reader.TryGetHash32(out value);

    internal static bool Data(ref Utf8JsonReader reader, out byte[] value) => reader.TryGetData(MaxDataBytes, out value);

    internal static bool BlockTimestamp(ref Utf8JsonReader reader, out ulong value)
    {
        value = 0;
        var found = false;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.IsText("timestamp"u8))
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            if (!reader.TryGetQuantity(out value))
                return false;
            found = true;
        }

        return found;
    }

    /// <summary>Null while the transaction is in no block.</summary>
    internal static bool OptionalReceipt(ref Utf8JsonReader reader, out TransactionReceipt? value)
    {
        value = null;
        return reader.TokenType == JsonTokenType.Null || Receipt(ref reader, out value!);
    }

    internal static bool Receipt(ref Utf8JsonReader reader, out TransactionReceipt value)
    {
        value = null!;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        Hash32? hash = null, blockHash = null;
        ulong? status = null, number = null, index = null, gasUsed = null;
        Address? from = null, to = null;
        IReadOnlyList<LogEntry>? logs = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var fits = true;
            if (reader.IsText("transactionHash"u8))
                fits = Next(ref reader, Hash, out hash);
            else if (reader.IsText("blockHash"u8))
                fits = Next(ref reader, Hash, out blockHash);
            else if (reader.IsText("status"u8))
                fits = Next(ref reader, Quantity, out status);
            else if (reader.IsText("blockNumber"u8))
                fits = Next(ref reader, Quantity, out number);
            else if (reader.IsText("transactionIndex"u8))
                fits = Next(ref reader, Quantity, out index);
            else if (reader.IsText("gasUsed"u8))
                fits = Next(ref reader, Quantity, out gasUsed);
            else if (reader.IsText("from"u8))
                fits = Next(ref reader, AddressOf, out from);
            else if (reader.IsText("to"u8))
                fits = Next(ref reader, AddressOf, out to);
            else if (reader.IsText("logs"u8))
                fits = reader.Read() && Logs(ref reader, out logs);
            else
                reader.Skip();
            if (!fits)
                return false;
        }

        if (hash is null || blockHash is null || status is null or > 1 || number is null || index is null or > int.MaxValue
            || from is null || gasUsed is null || logs is null)
            return false;
        value = new TransactionReceipt(
            hash.Value, status == 1, number.Value, blockHash.Value, (int)index, from.Value, to, gasUsed.Value, logs);
        return true;
    }

    internal static bool Logs(ref Utf8JsonReader reader, out IReadOnlyList<LogEntry>? value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        var logs = new List<LogEntry>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!Log(ref reader, out var log))
                return false;
            logs.Add(log!);
        }

        value = logs;
        return true;
    }

    static bool Log(ref Utf8JsonReader reader, out LogEntry? value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        Hash32? hash = null, blockHash = null;
        ulong? number = null, transactionIndex = null, logIndex = null;
        Address? address = null;
        byte[]? data = null;
        List<Hash32>? topics = null;
        var removed = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var fits = true;
            if (reader.IsText("address"u8))
                fits = Next(ref reader, AddressOf, out address);
            else if (reader.IsText("topics"u8))
                fits = reader.Read() && Topics(ref reader, out topics);
            else if (reader.IsText("data"u8))
                fits = reader.Read() && reader.TryGetData(MaxDataBytes, out data);
            else if (reader.IsText("blockNumber"u8))
                fits = Next(ref reader, Quantity, out number);
            else if (reader.IsText("blockHash"u8))
                fits = Next(ref reader, Hash, out blockHash);
            else if (reader.IsText("transactionHash"u8))
                fits = Next(ref reader, Hash, out hash);
            else if (reader.IsText("transactionIndex"u8))
                fits = Next(ref reader, Quantity, out transactionIndex);
            else if (reader.IsText("logIndex"u8))
                fits = Next(ref reader, Quantity, out logIndex);
            else if (reader.IsText("removed"u8))
                removed = reader.Read() && reader.TokenType == JsonTokenType.True;
            else
                reader.Skip();
            if (!fits)
                return false;
        }

        if (address is null || topics is null || data is null || number is null || blockHash is null || hash is null
            || transactionIndex is null or > int.MaxValue || logIndex is null or > int.MaxValue)
            return false;
        value = new LogEntry(
            address.Value, topics, data, number.Value, blockHash.Value, hash.Value, (int)transactionIndex, (int)logIndex, removed);
        return true;
    }

    static bool Topics(ref Utf8JsonReader reader, out List<Hash32>? value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.StartArray)
            return false;
        var topics = new List<Hash32>(MaxTopics);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (topics.Count == MaxTopics || !reader.TryGetHash32(out var topic))
                return false;
            topics.Add(topic);
        }

        value = topics;
        return true;
    }

    internal static bool AddressOf(ref Utf8JsonReader reader, out Address value) => reader.TryGetAddress(out value);

    // A null member is an absent one.
    internal static bool Next<T>(ref Utf8JsonReader reader, Read<T> read, out T? value)
        where T : struct
    {
        value = null;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (!read(ref reader, out var found))
            return false;
        value = found;
        return true;
    }
}
