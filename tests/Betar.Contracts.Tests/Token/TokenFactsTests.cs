using Betar.Contracts.Tests.Support;
using Betar.Ethereum;

namespace Betar.Contracts.Tests.Token;

public sealed class TokenFactsTests(Anvil anvil) : ChainTest(anvil)
{
    [Fact]
    public async Task It_presents_itself_as_USDC_of_test_networks_does()
    {
        Assert.Equal("USDC", await World.Usdc.ReadAsync<string>("name"));
        Assert.Equal("USDC", await World.Usdc.ReadAsync<string>("symbol"));
        Assert.Equal("2", await World.Usdc.ReadAsync<string>("version"));
        Assert.Equal((UInt256)6, await World.Usdc.ReadAsync<UInt256>("decimals"));
        Assert.Equal((UInt256)(2 * World.BuyersMoney), await World.Usdc.ReadAsync<UInt256>("totalSupply"));
        Assert.Equal(Account.Owner.Address, await World.Usdc.ReadAsync<Address>("owner"));
        Assert.False(await World.Usdc.ReadAsync<bool>("paused"));
    }

    [Fact]
    public async Task Its_domain_separator_is_ours()
    {
        Assert.Equal(World.Signer.Domain.Separator.ToArray(), await World.Usdc.ReadAsync<byte[]>("DOMAIN_SEPARATOR"));
        Assert.Equal(World.SilentSigner.Domain.Separator.ToArray(), await World.Silent.ReadAsync<byte[]>("DOMAIN_SEPARATOR"));
        Assert.NotEqual(World.Signer.Domain.Separator, World.SilentSigner.Domain.Separator);
    }

    [Fact]
    public async Task Its_domain_is_told_by_EIP_5267_too()
    {
        var told = await World.Usdc.ReadAsync("eip712Domain");

        Assert.Equal(["USDC", "2", (UInt256)Anvil.ChainId, World.Usdc.Address], told[1..5]);
    }

    [Theory]
    [InlineData("TRANSFER_WITH_AUTHORIZATION_TYPEHASH", "7c7c6cdb67a18743f49ec6fa9b35f50d52ed05cbed4cc592e13b44501c1a2267")]
    [InlineData("RECEIVE_WITH_AUTHORIZATION_TYPEHASH", "d099cc98ef71107a616c4f0f941f04c322d8e254fe26b3c6668db87aae413de8")]
    [InlineData("CANCEL_AUTHORIZATION_TYPEHASH", "158b0a9edf7a828aad02f63cd515c68ef2f50ba807396f6d12842833a1597429")]
    [InlineData("PERMIT_TYPEHASH", "6e71edae12b1b97f4d1f60370fef10105fa2faae0126114a169c64845d6126c9")]
    public async Task Its_type_hashes_are_those_of_the_standards(string name, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(await World.Usdc.ReadAsync<byte[]>(name)));

    [Theory]
    [InlineData("transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)", 0xe3ee160e)]
    [InlineData("transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)", 0xcf092995)]
    [InlineData("receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)", 0xef55bec6)]
    [InlineData("receiveWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)", 0x88b7ab63)]
    [InlineData("cancelAuthorization(address,bytes32,uint8,bytes32,bytes32)", 0x5a049a70)]
    [InlineData("cancelAuthorization(address,bytes32,bytes)", 0xb7b72899)]
    [InlineData("permit(address,address,uint256,uint256,uint8,bytes32,bytes32)", 0xd505accf)]
    [InlineData("permit(address,address,uint256,uint256,bytes)", 0x9fd5a6cf)]
    public void Its_functions_have_the_selectors_of_USDC(string signature, uint selector) =>
        Assert.Equal(selector, World.Usdc.Abi.Function(signature).Selector);
}
