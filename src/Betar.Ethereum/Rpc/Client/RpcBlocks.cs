using System.Text.Json;
using Betar.Crypto;

namespace Betar.Ethereum;

/// <summary>Reads blocks and transactions as nodes answer them. Foreign JSON: false for every other shape.</summary>
internal static class RpcBlocks
{
    /// <summary>Null when the node knows no such block.</summary>
    internal static bool OptionalHeader(ref Utf8JsonReader reader, out BlockHeader? value)
    {
        value = null;
        return reader.TokenType == JsonTokenType.Null || Header(ref reader, out value);
    }

    /// <summary>Null when the node knows no such transaction.</summary>
    internal static bool OptionalTransaction(ref Utf8JsonReader reader, out KnownTransaction? value)
    {
        value = null;
        return reader.TokenType == JsonTokenType.Null || Transaction(ref reader, out value);
    }

    static bool Header(ref Utf8JsonReader reader, out BlockHeader? value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        ulong? number = null, timestamp = null;
        Hash32? hash = null, parent = null;
        UInt256? baseFee = null, gasLimit = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var fits = true;
            if (reader.IsText("number"u8))
                fits = RpcResults.Next(ref reader, RpcResults.Quantity, out number);
            else if (reader.IsText("timestamp"u8))
                fits = RpcResults.Next(ref reader, RpcResults.Quantity, out timestamp);
            else if (reader.IsText("hash"u8))
                fits = RpcResults.Next(ref reader, RpcResults.Hash, out hash);
            else if (reader.IsText("parentHash"u8))
                fits = RpcResults.Next(ref reader, RpcResults.Hash, out parent);
            else if (reader.IsText("baseFeePerGas"u8))
                fits = RpcResults.Next(ref reader, RpcResults.UInt256, out baseFee);
            else if (reader.IsText("gasLimit"u8))
                fits = RpcResults.Next(ref reader, RpcResults.UInt256, out gasLimit);
            else
                reader.Skip();
            if (!fits)
                return false;
        }

        if (number is null || timestamp is null || hash is null || parent is null)
            return false;
        value = new BlockHeader(number.Value, hash.Value, parent.Value, timestamp.Value, baseFee) { GasLimit = gasLimit };
        return true;
    }

    static bool Transaction(ref Utf8JsonReader reader, out KnownTransaction? value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        Hash32? hash = null;
        Hash32? data = null;
        Address? from = null, to = null;
        ulong? nonce = null, number = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var fits = true;
            if (reader.IsText("hash"u8))
                fits = RpcResults.Next(ref reader, RpcResults.Hash, out hash);
            else if (reader.IsText("from"u8))
                fits = RpcResults.Next(ref reader, RpcResults.AddressOf, out from);
            else if (reader.IsText("nonce"u8))
                fits = RpcResults.Next(ref reader, RpcResults.Quantity, out nonce);
            else if (reader.IsText("blockNumber"u8))
                fits = RpcResults.Next(ref reader, RpcResults.Quantity, out number);
            else if (reader.IsText("to"u8))
                fits = RpcResults.Next(ref reader, RpcResults.AddressOf, out to);
            else if (reader.IsText("input"u8))
                fits = RpcResults.Next(ref reader, HashOfData, out data);
            else
                reader.Skip();
            if (!fits)
                return false;
        }

        if (hash is null || from is null || nonce is null)
            return false;
        value = new KnownTransaction(hash.Value, from.Value, nonce.Value, number) { To = to, DataHash = data };
        return true;
    }

    static bool HashOfData(ref Utf8JsonReader reader, out Hash32 value)
    {
        value = default;
        if (!RpcResults.Data(ref reader, out var data))
            return false;
        value = new Hash32(Keccak256.Hash(data));
        return true;
    }
}
