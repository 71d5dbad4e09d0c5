using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Client;

/// <summary>Wallets that are contracts, and such as are yet to be created, asked through a node.</summary>
public sealed class SignatureChecksTests(Anvil anvil) : ChainTest(anvil)
{
    private static readonly Hash32 Digest = TypedData.Label("a digest");
    private static readonly Hash32 Salt = TypedData.Label("a salt");

    /// <summary>The wallet's own form: a byte in front of its owner's signature.</summary>
    private static byte[] Inner => [1, .. Account.Buyer.Sign(Digest)];

    [Fact]
    public async Task A_wallet_that_agrees_makes_a_signature_valid() =>
        Assert.True((await Checks().IsValidAsync(World.Wallet.Address, Digest, Inner, default)).IsValid);

    [Fact]
    public async Task A_wallet_that_does_not_agree_makes_it_invalid()
    {
        byte[] strangers = [1, .. Account.Stranger.Sign(Digest)];

        Assert.Equal(SignatureFault.Invalid, (await Checks().IsValidAsync(World.Wallet.Address, Digest, strangers, default)).Fault);
        Assert.Equal(SignatureFault.Invalid, (await Checks().IsValidAsync(World.Wallet.Address, Salt, Inner, default)).Fault);
    }

    [Fact]
    public async Task A_contract_that_is_no_wallet_refuses_to_look() =>
        Assert.Equal(SignatureFault.Invalid, (await Checks().IsValidAsync(World.Usdc.Address, Digest, Inner, default)).Fault);

    [Fact]
    public async Task An_account_with_code_is_not_judged_by_a_key_as_well()
    {
        await Anvil.RequestAsync("anvil_setCode", Account.Stranger.Address.ToString(), "0x" + Convert.ToHexStringLower(Artifact.ContractWallet.Deployed));

        Assert.Equal(SignatureFault.Invalid, (await Checks().IsValidAsync(Account.Stranger.Address, Digest, Account.Stranger.Sign(Digest), default)).Fault);
        Assert.True((await Checks().IsValidAsync(Account.Seller.Address, Digest, Account.Seller.Sign(Digest), default)).IsValid);
    }

    [Fact]
    public async Task A_wallet_that_is_yet_to_be_created_agrees_before_and_after()
    {
        var (factory, wallet, wrapped) = await UndeployedAsync();
        var checks = Checks(factory.Address);
        Assert.Empty(await Anvil.Chain.GetCodeAsync(wallet, default));
        Assert.True((await checks.IsValidAsync(wallet, Digest, wrapped.Encode(), default)).IsValid);
        Assert.Empty(await Anvil.Chain.GetCodeAsync(wallet, default));

        await factory.SendAsync(Account.Relayer, "make", Account.Buyer.Address, Salt.ToArray());
        Assert.NotEmpty(await Anvil.Chain.GetCodeAsync(wallet, default));
        Assert.True((await checks.IsValidAsync(wallet, Digest, wrapped.Encode(), default)).IsValid);
        Assert.True((await checks.IsValidAsync(wallet, Digest, Inner, default)).IsValid);
    }

    [Fact]
    public async Task What_such_a_wallet_does_not_agree_to_is_invalid()
    {
        var (factory, wallet, wrapped) = await UndeployedAsync();
        var checks = Checks(factory.Address);
        byte[] strangers = [1, .. Account.Stranger.Sign(Digest)];

        Assert.Equal(SignatureFault.Invalid, (await checks.IsValidAsync(wallet, Digest, (wrapped with { Inner = strangers }).Encode(), default)).Fault);
        Assert.Equal(SignatureFault.Invalid, (await checks.IsValidAsync(wallet, Salt, wrapped.Encode(), default)).Fault);
        Assert.Equal(SignatureFault.Invalid, (await checks.IsValidAsync(Account.Seller.Address, Digest, wrapped.Encode(), default)).Fault);
        Assert.Equal(SignatureFault.Invalid, (await checks.IsValidAsync(wallet, Digest, (wrapped with { Preparation = [] }).Encode(), default)).Fault);
    }

    [Fact]
    public async Task A_factory_that_is_not_on_the_list_is_not_called()
    {
        var (_, wallet, wrapped) = await UndeployedAsync();
        var verdict = await Checks(World.Vault.Address).IsValidAsync(wallet, Digest, wrapped.Encode(), default);

        Assert.Equal((SignatureFault.FactoryNotAllowed, "eip6492_factory_not_allowed"), (verdict.Fault, verdict.Code));
    }

    private SignatureChecks Checks(Address? factory = null) => new(
        Anvil.Chain,
        new SignatureCheckOptions { AllowContractWallets = true, AllowUndeployedWallets = factory is not null, AllowedFactories = factory is { } allowed ? [allowed] : [] });

    private async Task<(Contract Factory, Address Wallet, Wrapping Wrapped)> UndeployedAsync()
    {
        var factory = await Contract.DeployAsync(Anvil, Artifact.Load("WalletFactory"));
        var initCode = Artifact.ContractWallet.Abi.EncodeCreation(Artifact.ContractWallet.Bytecode, Account.Buyer.Address);
        var make = Artifact.Load("WalletFactory").Abi.Function("make").Encode(Account.Buyer.Address, Salt.ToArray());
        return (factory, ContractAddress.OfCreate2(factory.Address, Salt, initCode), new Wrapping(factory.Address, make, Inner));
    }

    /// <summary>ERC-6492's form, made here from the standard's words.</summary>
    private sealed record Wrapping(Address Factory, byte[] Preparation, byte[] Inner)
    {
        public byte[] Encode() =>
        [
            .. AbiEncoder.Encode([AbiType.Parse("address"), AbiType.Parse("bytes"), AbiType.Parse("bytes")], [Factory, Preparation, Inner]),
            .. Enumerable.Repeat<byte[]>([0x64, 0x92], 16).SelectMany(pair => pair),
        ];
    }
}
