using System.Globalization;
using System.Text.Json;
using Betar.Crypto;

namespace Betar.Ethereum.Tests.Transactions;

/// <summary>Random transactions that viem 2.56.8 signed, from the file beside this one.</summary>
internal sealed record ViemTransaction(PrivateKey Key, Address Sender, byte[] Raw, Hash32 Hash, Eip1559Transaction? Current, LegacyTransaction? Legacy)
{
    internal static IReadOnlyList<ViemTransaction> All { get; } = Load();

    static ViemTransaction[] Load()
    {
        using var stream = typeof(ViemTransaction).Assembly.GetManifestResourceStream("viem-transactions.json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    static ViemTransaction Read(JsonElement vector)
    {
        var to = Text("to") is { } address ? Address.Parse(address) : (Address?)null;
        var legacy = Text("kind") == "legacy";
        return new ViemTransaction(
            PrivateKey.Import(Hex("key")), Address.Parse(Text("sender")!), Hex("raw"), Hash32.Parse(Text("hash")!),
            legacy ? null : new Eip1559Transaction
            {
                ChainId = Small("chainId"), Nonce = Small("nonce"), GasLimit = Small("gas"), To = to, Value = UInt256.Parse(Text("value")!), Data = Hex("data"),
                MaxFeePerGas = UInt256.Parse(Text("maxFeePerGas")!), MaxPriorityFeePerGas = UInt256.Parse(Text("maxPriorityFeePerGas")!),
            },
            !legacy ? null : new LegacyTransaction
            {
                ChainId = Small("chainId"), Nonce = Small("nonce"), GasLimit = Small("gas"), To = to, Value = UInt256.Parse(Text("value")!), Data = Hex("data"),
                GasPrice = UInt256.Parse(Text("gasPrice")!),
            });

        string? Text(string name) => vector.GetProperty(name).GetString();

        ulong Small(string name) => ulong.Parse(Text(name)!, CultureInfo.InvariantCulture);

        byte[] Hex(string name) => Convert.FromHexString(Text(name)![2..]);
    }
}
