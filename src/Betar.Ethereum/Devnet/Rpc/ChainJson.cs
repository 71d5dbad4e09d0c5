using System.Text.Json;

namespace Betar.Ethereum.Devnet;

/// <summary>Writes blocks, transactions, receipts and logs the way Ethereum's nodes do.</summary>
internal static class ChainJson
{
    const int BloomSize = 256;

    // keccak256 of an empty list, as in every block without uncles.
    static readonly Hash32 _noUncles = Hash32.Parse("0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347");

    // A bloom filter may say "perhaps" to everything; one full of zeros would hide the logs from clients that ask it first.
    static readonly byte[] _bloom = CreateBloom();

    internal static void WriteReceipt(Utf8JsonWriter json, MinedTransaction mined, PreparedTransaction prepared, Address token)
    {
        json.WriteStartObject();
        json.WriteHex("transactionHash"u8, mined.Hash);
        WritePlace(json, mined);
        json.WriteHex("from"u8, (Address?)mined.Sender);
        json.WriteHex("to"u8, prepared.Transaction?.To ?? token);
        json.WriteNull("contractAddress"u8);
        json.WriteQuantity("status"u8, mined.Succeeded ? 1UL : 0UL);
        json.WriteQuantity("gasUsed"u8, mined.GasUsed);
        json.WriteQuantity("cumulativeGasUsed"u8, mined.CumulativeGasUsed);
        json.WriteQuantity("effectiveGasPrice"u8, 0UL);
        WriteType(json, mined);
        json.WriteHex("logsBloom"u8, _bloom);
        json.WriteStartArray("logs"u8);
        for (var i = 0; mined.Succeeded && i < TokenLog.CountOf(prepared.Call); i++)
            WriteLog(json, mined, TokenLog.Of(prepared.Call, mined.Sender, i), mined.FirstLogIndex + i, token);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteLog(Utf8JsonWriter json, MinedTransaction mined, in TokenLog log, int index, Address token)
    {
        json.WriteStartObject();
        json.WriteHex("address"u8, (Address?)token);
        json.WriteStartArray("topics"u8);
        json.WriteHexValue(log.Topic0);
        json.WriteHexValue(log.Topic1);
        json.WriteHexValue(log.Topic2);
        json.WriteEndArray();
        json.WritePropertyName("data"u8);
        if (log.Data is { } data)
        {
            Span<byte> word = stackalloc byte[UInt256.Size];
            data.WriteBigEndian(word);
            json.WriteHexValue(word);
        }
        else
        {
            json.WriteHexValue([]);
        }

        json.WriteHex("transactionHash"u8, mined.Hash);
        WritePlace(json, mined);
        json.WriteQuantity("logIndex"u8, (ulong)index);
        json.WriteBoolean("removed"u8, false);
        json.WriteEndObject();
    }

    /// <param name="mined">Null while the transaction waits.</param>
    internal static void WriteTransaction(Utf8JsonWriter json, PreparedTransaction prepared, MinedTransaction? mined, Address token)
    {
        var transaction = prepared.Transaction;
        json.WriteStartObject();
        json.WriteHex("hash"u8, prepared.Hash);
        if (mined is not null)
        {
            WritePlace(json, mined);
        }
        else
        {
            json.WriteNull("blockHash"u8);
            json.WriteNull("blockNumber"u8);
            json.WriteNull("transactionIndex"u8);
        }

        json.WriteHex("from"u8, (Address?)prepared.Sender);
        json.WriteHex("to"u8, transaction?.To ?? token);
        json.WriteQuantity("type"u8, (ulong)prepared.Raw.Span[0]);
        json.WriteQuantity("nonce"u8, transaction?.Nonce ?? 0);
        json.WriteQuantity("gas"u8, transaction?.GasLimit ?? 0);
        json.WriteQuantity("gasPrice"u8, 0UL);
        json.WriteQuantity("value"u8, 0UL);
        json.WriteHex("input"u8, transaction is null ? [] : transaction.Data.Span);
        if (transaction is not null && Eip1559Decoder.TryParse(prepared.Raw, out var parsed, out _))
        {
            json.WriteQuantity("chainId"u8, transaction.ChainId);
            json.WriteQuantity("maxFeePerGas"u8, transaction.MaxFeePerGas);
            json.WriteQuantity("maxPriorityFeePerGas"u8, transaction.MaxPriorityFeePerGas);
            json.WriteStartArray("accessList"u8);
            json.WriteEndArray();
            json.WriteQuantity("yParity"u8, (ulong)parsed!.RecoveryId);
            json.WriteQuantity("v"u8, (ulong)parsed.RecoveryId);
            json.WriteQuantity("r"u8, UInt256.ReadBigEndian(parsed.Signature.AsSpan(0, 32)));
            json.WriteQuantity("s"u8, UInt256.ReadBigEndian(parsed.Signature.AsSpan(32)));
        }

        json.WriteEndObject();
    }

    /// <param name="full">Writes whole transactions instead of their hashes.</param>
    internal static void WriteBlock(Utf8JsonWriter json, DevnetBlock block, Func<MinedTransaction, PreparedTransaction>? full, Address token)
    {
        json.WriteStartObject();
        json.WriteQuantity("number"u8, block.Number);
        json.WriteHex("hash"u8, block.Hash);
        json.WriteHex("parentHash"u8, block.ParentHash);
        json.WriteQuantity("timestamp"u8, block.Timestamp);
        json.WriteHex("nonce"u8, (ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0, 0, 0]);
        json.WriteHex("sha3Uncles"u8, _noUncles);
        json.WriteHex("logsBloom"u8, _bloom);
        json.WriteHex("transactionsRoot"u8, Hash32.Zero);
        json.WriteHex("stateRoot"u8, Hash32.Zero);
        json.WriteHex("receiptsRoot"u8, Hash32.Zero);
        json.WriteHex("mixHash"u8, Hash32.Zero);
        json.WriteHex("miner"u8, (Address?)Address.Zero);
        json.WriteQuantity("difficulty"u8, 0UL);
        json.WriteHex("extraData"u8, ReadOnlySpan<byte>.Empty);
        json.WriteQuantity("size"u8, 0UL);
        json.WriteQuantity("gasLimit"u8, TokenGas.BlockLimit);
        json.WriteQuantity("gasUsed"u8, block.GasUsed);
        json.WriteQuantity("baseFeePerGas"u8, 0UL);
        json.WriteStartArray("transactions"u8);
        foreach (var mined in block.Transactions)
        {
            if (full is null)
                json.WriteHexValue(mined.Hash);
            else
                WriteTransaction(json, full(mined), mined, token);
        }

        json.WriteEndArray();
        json.WriteStartArray("uncles"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WritePlace(Utf8JsonWriter json, MinedTransaction mined)
    {
        json.WriteHex("blockHash"u8, mined.Block.Hash);
        json.WriteQuantity("blockNumber"u8, mined.Block.Number);
        json.WriteQuantity("transactionIndex"u8, (ulong)mined.Index);
    }

    static void WriteType(Utf8JsonWriter json, MinedTransaction mined) => json.WriteQuantity("type"u8, (ulong)mined.Raw.Span[0]);

    static byte[] CreateBloom()
    {
        var bloom = new byte[BloomSize];
        bloom.AsSpan().Fill(0xff);
        return bloom;
    }
}
