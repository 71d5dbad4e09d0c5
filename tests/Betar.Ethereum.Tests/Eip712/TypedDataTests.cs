using Betar.Crypto;
using Betar.Ethereum.Eip712;
using Betar.Ethereum.Keys;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Eip712;

public sealed class TypedDataTests
{
    static readonly TypedStructs _permit = TypedStructs.Create(
        ("PermitWitnessTransferFrom",
        [
            new("permitted", "TokenPermissions"), new("spender", "address"), new("nonce", "uint256"), new("deadline", "uint256"), new("witness", "Witness"),
        ]),
        ("TokenPermissions", [new("token", "address"), new("amount", "uint256")]),
        ("Witness", [new("to", "address"), new("validAfter", "uint256")]));

    [Fact]
    public async Task The_message_of_the_EIP_has_its_hashes_and_its_signature()
    {
        var mail = MailOfTheEip.Create();

        Assert.Equal("Mail(Person from,Person to,string contents)Person(string name,address wallet)", mail.Types.EncodeType("Mail"));
        Assert.Equal("0xf2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f", mail.Domain.Separator().ToString());
        Assert.Equal("0xc52c0ee5d84264471806290a3f2c4cecfc5490626bf912d01f240d7a274b371e", mail.StructHash.ToString());
        Assert.Equal("0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2", mail.Digest.ToString());
        var signed = await new LocalSigner(TestKeys.FromLabel("cow")).SignTypedDataAsync(mail, CancellationToken.None);
        Assert.Equal(
            "4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b915621c",
            Convert.ToHexStringLower(signed.Value!));
    }

    [Fact]
    public void Random_messages_hash_as_viem_hashes_them()
    {
        foreach (var vector in ViemTypedData.All)
        {
            var data = new TypedData(vector.Types, ViemTypedData.Root, vector.Domain, vector.Message);
            Assert.Equal(vector.StructHash, data.StructHash.ToString());
            Assert.Equal(vector.Digest, data.Digest.ToString());
        }

        Assert.Equal(40, ViemTypedData.All.Count);
    }

    [Fact]
    public async Task A_permit_with_a_witness_has_the_digest_and_signature_of_the_reference()
    {
        var nonce = UInt256.Parse("89252793575346160860558107306392120468474040679072071745405895761310515577826");
        var data = new TypedData(
            _permit, "PermitWitnessTransferFrom",
            new TypedDomain { Name = "Permit2", ChainId = 84532UL, VerifyingContract = Address.Parse("0x000000000022D473030F116dDEE9F6B43aC78BA3") },
            [
                new object[] { TestKeys.Usdc, (UInt256)50000UL }, Address.Parse("0x402085c248EeA27D92E8b30b2C58ed07f9E20001"), nonce, (UInt256)1893456000UL,
                new object[] { TestKeys.SellerAddress, UInt256.Zero },
            ]);

        Assert.Equal("0x3c205ef117d23bcdc82f10f45ec98564cb2df9f88eb59f94d4ec88b28d78fb72", data.Digest.ToString());
        var signed = await new LocalSigner(TestKeys.Payer).SignTypedDataAsync(data, CancellationToken.None);
        Assert.Equal(
            "1a6c934e718c14e24fd236ee86988fdfe1b4025a64cf7d821447ba84eb60de073f8752be0126ae5daf78fe4c54e1a1b5e586e13f4748a29a3ab19b571a0e7d5e1b",
            Convert.ToHexStringLower(signed.Value!));
    }

    [Theory]
    [InlineData(1, "0x06c37168a7db5138defc7866392bb87a741f9b3d104deb5094588ce041cae335", "USD Coin", "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")]
    [InlineData(8453, "0x02fa7265e7c5d81118673727957699e4d68f74cd74b7db77da710fe8a2c7834f", "USD Coin", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913")]
    [InlineData(84532, "0x71f17a3b2ff373b803d70a5a07c046c1a2bc8e89c09ef722fcb047abe94c9818", "USDC", "0x036CbD53842c5426634e7929541eC2318f3dCF7e")]
    public void Domains_of_USDC_have_the_separators_of_the_reference(ulong chain, string separator, string name, string token) =>
        Assert.Equal(
            separator,
            new TypedDomain { Name = name, Version = "2", ChainId = chain, VerifyingContract = Address.Parse(token) }.Separator().ToString());

    [Fact]
    public void A_channel_is_known_by_the_digest_of_its_config()
    {
        var types = TypedStructs.Create(("ChannelConfig",
        [
            new("payer", "address"), new("payerAuthorizer", "address"), new("receiver", "address"), new("receiverAuthorizer", "address"),
            new("token", "address"), new("withdrawDelay", "uint40"), new("salt", "bytes32"),
        ]));
        var domain = new TypedDomain
        {
            Name = "x402 Batch Settlement", Version = "1", ChainId = 84532UL, VerifyingContract = Address.Parse("0x4020074e9dF2ce1deE5A9C1b5c3f541D02a10003"),
        };
        var other = Address.Parse("0xF7aFF50cD0067cDe65A34F101Dd72db11414ca70");

        var data = new TypedData(
            types, "ChannelConfig", domain,
            [TestKeys.PayerAddress, TestKeys.PayerAddress, TestKeys.SellerAddress, other, TestKeys.Usdc, (UInt256)900UL, new byte[32]]);

        Assert.Equal("0x402f646082debd412d8c34a3c7ec0c137ddf64eb631635edcaa2d62650d3a7c1", data.Digest.ToString());
    }

    [Theory]
    [InlineData("hello", "0x50b2c43fd39106bafbba0da34fc430e1f91e3c96ea2acee2bc34119f92b37750")]
    [InlineData("", "0x5f35dce98ba4fba25530a026ed80b2cecdaa31091ba4958b99b52ea1d068adad")]
    public void A_personal_message_has_its_length_in_front(string message, string digest) =>
        Assert.Equal(digest, PersonalMessage.Digest(message).ToString());

    [Fact]
    public void Values_that_do_not_fit_are_a_bug()
    {
        var types = TypedStructs.Create(("T", [new("a", "uint8"), new("b", "string"), new("c", "bytes"), new("d", "uint8[2]"), new("e", "bytes4")]));
        object[] good = [(UInt256)255UL, "", Array.Empty<byte>(), new object[] { UInt256.Zero, UInt256.One }, new byte[4]];
        Assert.NotNull(new TypedData(types, "T", new TypedDomain(), good));
        (int At, object Value)[] bad =
        [
            (0, (UInt256)256UL), (0, 1), (1, Array.Empty<byte>()), (2, "0x"), (3, new object[] { UInt256.Zero }), (3, UInt256.Zero), (4, new byte[5]),
        ];
        foreach (var (at, value) in bad)
        {
            object[] message = [.. good];
            message[at] = value;
            Assert.Throws<ArgumentException>(() => new TypedData(types, "T", new TypedDomain(), message));
        }

        Assert.Throws<ArgumentException>(() => new TypedData(types, "T", new TypedDomain(), good[1..]));
        Assert.Throws<ArgumentException>(() => new TypedData(types, "Other", new TypedDomain(), good));
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void A_list_has_a_longest_length(int length, bool fits)
    {
        var types = TypedStructs.Create(("T", [new("a", "bool[]")]));
        object[] message = [Enumerable.Repeat<object>(true, length).ToArray()];

        Assert.Equal(fits, Record.Exception(() => new TypedData(types, "T", new TypedDomain(), message)) is null);
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void Values_nest_to_a_depth(int structs, bool fits)
    {
        var types = TypedStructs.Create(("T", [new("a", "T[]")]));
        object[] message = [Array.Empty<object>()];
        for (var i = 1; i < structs; i++)
            message = [new object[] { message }];

        Assert.Equal(fits, Record.Exception(() => new TypedData(types, "T", new TypedDomain(), message)) is null);
    }
}
