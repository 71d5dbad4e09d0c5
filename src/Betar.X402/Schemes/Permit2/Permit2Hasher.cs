using Betar.Ethereum;
using Betar.Ethereum.Eip712;

namespace Betar.X402.Schemes.Permit2;

/// <summary>What the payer signs. Permit2's domain has no version.</summary>
internal static class Permit2Hasher
{
    private const string Primary = "PermitWitnessTransferFrom";

    private static readonly TypedStructs Exact = Structs(new("to", "address"), new("validAfter", "uint256"));
    private static readonly TypedStructs Upto = Structs(new("to", "address"), new("facilitator", "address"), new("validAfter", "uint256"));

    internal static TypedData Data(NetworkId network, Permit2Terms terms) => new(
        terms.Facilitator is null ? Exact : Upto,
        Primary,
        new TypedDomain { Name = "Permit2", ChainId = network.ChainId, VerifyingContract = Permit2Contracts.Permit2 },
        [new object[] { terms.Token, terms.Amount.Units }, terms.Spender, terms.Nonce, terms.Deadline, Witness(terms)]);

    internal static object[] Witness(Permit2Terms terms) => terms.Facilitator is { } facilitator
        ? [terms.To, facilitator, terms.ValidAfter]
        : [terms.To, terms.ValidAfter];

    private static TypedStructs Structs(params TypedMember[] witness) => TypedStructs.Create(
        (Primary, [new("permitted", "TokenPermissions"), new("spender", "address"), new("nonce", "uint256"), new("deadline", "uint256"), new("witness", "Witness")]),
        ("TokenPermissions", [new("token", "address"), new("amount", "uint256")]),
        ("Witness", witness));
}
