using Betar.Ethereum;
using Betar.X402.Networks;

namespace Betar.X402.Schemes.Vault;

/// <summary>A PaymentVault and the one token that it holds.</summary>
public sealed record VaultDeployment(PaymentAsset Asset, Address Vault);
