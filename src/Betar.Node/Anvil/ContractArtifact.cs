using System.Text;
using System.Text.Json;
using Betar.Ethereum;

namespace Betar.Node.Anvil;

/// <summary>A compiled contract out of contracts/artifacts, carried along in the executable.</summary>
internal sealed record ContractArtifact(ContractAbi Abi, byte[] Bytecode)
{
    public static ContractArtifact Load(string name)
    {
        using var stream = typeof(ContractArtifact).Assembly.GetManifestResourceStream(name + ".json")
            ?? throw new InvalidOperationException($"The executable carries no {name}.");
        using var json = JsonDocument.Parse(stream);
        var root = json.RootElement;
        return ContractAbi.TryParse(Encoding.UTF8.GetBytes(root.GetProperty("abi").GetRawText()), out var abi, out var fault)
            ? new ContractArtifact(abi, Convert.FromHexString(root.GetProperty("bytecode").GetString().AsSpan(2)))
            : throw new InvalidOperationException($"The interface of {name}: {fault}.");
    }
}
