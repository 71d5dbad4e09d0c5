using Betar.Ethereum.Eip712;

namespace Betar.Ethereum.Tests.Eip712;

/// <summary>The example of EIP-712.</summary>
internal static class MailOfTheEip
{
    internal static TypedData Create() => new(
        TypedStructs.Create(
            ("Mail", [new("from", "Person"), new("to", "Person"), new("contents", "string")]),
            ("Person", [new("name", "string"), new("wallet", "address")])),
        "Mail",
        new TypedDomain
        {
            Name = "Ether Mail", Version = "1", ChainId = 1UL, VerifyingContract = Address.Parse("0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"),
        },
        [
            new object[] { "Cow", Address.Parse("0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826") },
            new object[] { "Bob", Address.Parse("0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB") },
            "Hello, Bob!",
        ]);
}
