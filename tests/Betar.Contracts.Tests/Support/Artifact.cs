using System.Text.Json;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Support;

/// <summary>A compiled contract, as it is checked in.</summary>
internal sealed record Artifact(string Name, ContractAbi Abi, byte[] Bytecode, byte[] Deployed, string Compiler)
{
    internal static Artifact TestUsdc { get; } = Load("TestUsdc");

    internal static Artifact SilentUsdc { get; } = Load("SilentUsdc");

    internal static Artifact PaymentVault { get; } = Load("PaymentVault");

    internal static Artifact ReentrantToken { get; } = Load("ReentrantToken");

    internal static Artifact ContractWallet { get; } = Load("ContractWallet");

    internal static Artifact Load(string name)
    {
        var path = Path.Combine(Places.Contracts, "artifacts", name + ".json");
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = json.RootElement;
        Assert.True(ContractAbi.TryParse(System.Text.Encoding.UTF8.GetBytes(root.GetProperty("abi").GetRawText()), out var abi, out var fault), fault);
        return new Artifact(name, abi!, Hex(root, "bytecode"), Hex(root, "deployedBytecode"), root.GetProperty("compiler").GetString()!);
    }

    private static byte[] Hex(JsonElement root, string member) => Convert.FromHexString(root.GetProperty(member).GetString()![2..]);
}
