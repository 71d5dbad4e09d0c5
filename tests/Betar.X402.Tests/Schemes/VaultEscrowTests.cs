using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Schemes.Vault;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Schemes;

/// <summary>The steps of an escrow, by what viem makes of the vault's interface: what is called, what proves it, and that each step is one.</summary>
public sealed class VaultEscrowTests
{
    private const string Closed = "0x7d387ee4bda19492ab077555eb9be5403dcc159e3bc0f5bed5a5614b95938afb";
    private static readonly byte[] Signature = [.. Enumerable.Repeat((byte)0x11, 65)];
    private static readonly Address Payer = Address.Parse(Vectors.Payer);
    private static VaultEscrow Escrow => new(VaultBench.Deployment, VaultBench.Terms);
    private static readonly VaultReceipt Receipt = new(VaultBench.Order, Signature);

    private readonly Dictionary<string, SettlementRequest> _steps = new()
    {
        ["release"] = Escrow.Release(),
        ["refund"] = Escrow.Refund(),
        ["timeOut to the seller"] = Escrow.TimeOut(receipted: true),
        ["timeOut to the buyer"] = Escrow.TimeOut(receipted: false),
        ["resolve for the buyer"] = Escrow.Resolve(0),
        ["resolve in parts"] = Escrow.Resolve(20000),
        ["showReceipt"] = Escrow.ShowReceipt(Receipt),
        ["dispute"] = Escrow.Dispute(),
    };

    [Fact]
    public void What_is_signed()
    {
        Assert.Equal("0x6e4a6e627eb326f688a11e445a6fd6640c40ff7c1852040b690fe249c5b38fe2", VaultBench.Terms.Salt.ToString());
        Assert.Equal("0x0cd11cdba5174d114b5f31c6c8ca51fb7d1d2aea742866f7b3381eb19c775e16", Escrow.Id.ToString());
        Assert.Equal(
            "0x129f2d958a9b73da967b4d429167acca7ffc18bef526d424e4e0a9f81541ed78",
            VaultHasher.Receipt(VaultBench.Network, VaultBench.Vault, Escrow.Id, VaultBench.Order).Digest.ToString());
    }

    [Theory]
    [InlineData("release", "0xcc1667b56b220ee08cb83e44d6679652c5ccd53bccc3a316f2e8445f0a15075a", Closed)]
    [InlineData("refund", "0x90020ca2c4a19010e144220b52296597dee8cd450820dcfbe81393f5f14d77aa", Closed)]
    [InlineData("timeOut to the seller", "0x3730a9de4d053827d351ef35ecf499a4b0f27897e50093cdc076ff7a17f5f053", Closed)]
    [InlineData("timeOut to the buyer", "0x3730a9de4d053827d351ef35ecf499a4b0f27897e50093cdc076ff7a17f5f053", Closed)]
    [InlineData("resolve for the buyer", "0x42d6d94caa1ed63401e15ab94247058eaa7a2d8ede83b19ca0a280d84a39bab9", Closed)]
    [InlineData("resolve in parts", "0x725162d3211cef55ea0c576c2e630aabaeee22e26af31301eb94f81dcd209b00", Closed)]
    [InlineData("showReceipt", "0xffd808599d9718ccf359a17b4036df7725408651d32a29dd7f7deda4a1766fea", "0x44182add1ce530ff1d514285fbc6a457e3bf9b1dbf9b24f8480f2da6c73d3ab8")]
    [InlineData("dispute", "0x11a764f8ae2e62c4e2a7f3fa9c78b5791325af594a3dd211c62cdb589bd042dc", "0xa77e6b49efb76cd68b9f0b160a2100fd820bbd74962cde00565d0a0a9814ec9a")]
    public void What_is_called_and_what_proves_it(string step, string callData, string topic)
    {
        var request = _steps[step];
        Assert.Equal((VaultBench.Vault, callData, 150_000UL), (request.Call.To, new Hash32(Keccak256.Hash(request.Call.Data.Span)).ToString(), request.Call.GasLimit));
        Assert.Equal(new ExpectedEvent(VaultBench.Vault, Hash32.Parse(topic), Escrow.Id), request.Event);
        Assert.Equal(ulong.MaxValue, request.ValidBefore);
    }

    [Theory]
    [InlineData("release", Vectors.Seller, 50000UL)]
    [InlineData("refund", Vectors.Payer, 50000UL)]
    [InlineData("timeOut to the seller", Vectors.Seller, 50000UL)]
    [InlineData("timeOut to the buyer", Vectors.Payer, 50000UL)]
    [InlineData("resolve for the buyer", Vectors.Payer, 50000UL)]
    [InlineData("resolve in parts", Vectors.Seller, 20000UL)]
    public void Who_gets_the_money(string step, string who, ulong amount) =>
        Assert.Equal(new ExpectedTransfer(Address.Parse(Golden.Usdc), VaultBench.Vault, Address.Parse(who), amount), _steps[step].Transfer);

    [Theory]
    [InlineData("showReceipt")]
    [InlineData("dispute")]
    public void Words_move_no_money(string step) => Assert.Null(_steps[step].Transfer);

    /// <summary>Whoever asks again with the same key asks about the same settlement, so these never change.</summary>
    [Theory]
    [InlineData("release", "0x1afde35846242dbcde628bffa8c8949cb24fa5d1520d7f2da0f41ea9a8b92214")]
    [InlineData("refund", "0xb8fe17ed08a4f3e8f751fa766e6e3acb1419ddd39946d93a135d4296247b370c")]
    [InlineData("timeOut to the seller", "0x12de1ed965f29fa94ff59f74f4517f827bf2633ba66c5a5f48c606ce7b2e236f")]
    [InlineData("resolve for the buyer", "0xb302f325602c1e190bd69b9b8427a8fde37ed116d2decb3550e8aa530f8348e9")]
    [InlineData("resolve in parts", "0xb302f325602c1e190bd69b9b8427a8fde37ed116d2decb3550e8aa530f8348e9")]
    [InlineData("showReceipt", "0x99b694bb080cc63f79b0306746048ff746f104f3f61993c4121a1d4e4138b75a")]
    [InlineData("dispute", "0xa756e5abc5f96fc7d92619dbd5c81ef31406e990f6232366bc8ee64dbf608514")]
    public void A_step_of_an_escrow_is_one_settlement(string step, string nonce) =>
        Assert.Equal(new PaymentKey(VaultBench.Network, VaultBench.Vault, Payer, Nonce.Parse(nonce)), _steps[step].Key);

    [Theory]
    [InlineData(0, VaultState.None)]
    [InlineData(6, VaultState.Resolved)]
    public async Task The_first_and_the_last_state_are_read(ulong number, VaultState state)
    {
        var chain = new FakeChain();
        chain.Answers[FacilitatorBench.Selector("escrows(bytes32)")] = RpcOutcome.Value(AbiEncoder.Encode(
            [AbiType.Parse("uint8"), AbiType.Parse("bool"), AbiType.Parse("uint40")], (UInt256)number, false, UInt256.Zero));

        Assert.Equal(new VaultStanding(state, false, 0), (await Escrow.ReadAsync(chain, default)).Value);
        Assert.Equal(VaultBench.Vault, Assert.Single(chain.Calls).To);
    }

    [Fact]
    public void A_deposit_is_proven_by_the_vaults_own_event()
    {
        using var bench = new VaultBench();
        Assert.True(bench.Scheme.Read(bench.Call(), out var payment).IsAccepted);

        var request = bench.Scheme.ToSettlement(payment!)!;

        Assert.Equal(new ExpectedEvent(VaultBench.Vault, Hash32.Parse("0xf96bae8d28e5ec647514b0bdaba512bce14f26411c9d769a4934bc3718d70daa"), Escrow.Id), request.Event);
        Assert.Equal((250_000UL, (ulong)VaultBench.End), (request.Call.GasLimit, request.ValidBefore));
        Assert.Equal(new AuthorizationUse(Address.Parse(Golden.Usdc), Payer, Escrow.Id), request.Use);
    }

    /// <summary>2^40 less the longest window.</summary>
    [Theory]
    [InlineData(1_099_503_851_775UL, true)]
    [InlineData(1_099_503_851_776UL, false)]
    public void Times_that_cannot_be_counted_with_have_no_escrow(ulong end, bool hasOne)
    {
        using var bench = new VaultBench();
        Assert.Equal(hasOne, bench.Scheme.EscrowOf(bench.Call(change: terms => terms with { ValidBefore = end })) is not null);
        Assert.Null(bench.Scheme.EscrowOf(bench.Call(extra => extra.Remove("workTime"))));
    }
}
