using System.Text;
using System.Text.Json;

namespace Betar.Ethereum;

/// <summary>The contract of contracts/src/SignatureProbe.sol, whose creation a node runs as a call.</summary>
internal static class SignatureProbe
{
    const string Resource = "SignatureProbe.json";

    static readonly (ContractAbi Abi, byte[] Bytecode) _artifact = Load();

    internal static CallRequest Call(Address signer, Hash32 digest, WrappedSignature signature) => CallRequest.Creation(
        _artifact.Abi.EncodeCreation(_artifact.Bytecode, signer, digest.ToArray(), signature.Inner, signature.Factory, signature.Preparation));

    static (ContractAbi Abi, byte[] Bytecode) Load()
    {
        using var stream = typeof(SignatureProbe).Assembly.GetManifestResourceStream(Resource)!;
        using var json = JsonDocument.Parse(stream);
        return ContractAbi.TryParse(Encoding.UTF8.GetBytes(json.RootElement.GetProperty("abi").GetRawText()), out var abi, out var fault)
            ? (abi, Convert.FromHexString(json.RootElement.GetProperty("bytecode").GetString().AsSpan(2)))
            : throw new InvalidOperationException(fault);
    }
}
