using System.Text;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Eip712;

namespace Betar.X402.Schemes.Vault;

/// <summary>Ids of escrows, and what a buyer signs to say that the work arrived.</summary>
public static class VaultHasher
{
    private static readonly TypedStructs Types = TypedStructs.Create(
        ("Terms",
        [
            new("buyer", "address"), new("seller", "address"), new("arbiter", "address"), new("amount", "uint256"), new("deadline", "uint40"),
            new("disputeWindow", "uint32"), new("arbiterWindow", "uint32"), new("salt", "bytes32"),
        ]),
        ("Receipt", [new("escrow", "bytes32"), new("answer", "bytes32")]));

    private static readonly byte[] SaltHash = Keccak256.Hash(Encoding.ASCII.GetBytes("BetarVaultOrder(bytes32 order,bytes32 saltNonce)"));
    private static readonly IReadOnlyList<AbiType> SaltTypes = [.. new[] { "bytes32", "bytes32", "bytes32" }.Select(AbiType.Parse)];
    private static readonly IReadOnlyList<AbiType> StepTypes = [.. new[] { "bytes32", "string" }.Select(AbiType.Parse)];

    /// <summary>The escrow's id, which is the nonce of the authorisation that fills it.</summary>
    public static Hash32 Id(NetworkId network, Address vault, VaultTerms terms) => new TypedData(Types, "Terms", Domain(network, vault), terms.Encoded).Digest;

    /// <summary>What a buyer signs when the answer with this hash has come.</summary>
    public static TypedData Receipt(NetworkId network, Address vault, Hash32 escrow, Hash32 answer) =>
        new(Types, "Receipt", Domain(network, vault), [escrow.ToArray(), answer.ToArray()]);

    /// <summary>Ties the terms to the seller's order; where the seller names none, that is zero.</summary>
    public static Hash32 Salt(Hash32 order, Hash32 saltNonce) =>
        new(Keccak256.Hash(AbiEncoder.Encode(SaltTypes, SaltHash, order.ToArray(), saltNonce.ToArray())));

    /// <summary>What makes one step of an escrow that step.</summary>
    internal static Nonce StepNonce(Hash32 escrow, string step) => new(Keccak256.Hash(AbiEncoder.Encode(StepTypes, escrow.ToArray(), step)));

    private static TypedDomain Domain(NetworkId network, Address vault) =>
        new() { Name = "Betar PaymentVault", Version = "1", ChainId = network.ChainId, VerifyingContract = vault };
}
