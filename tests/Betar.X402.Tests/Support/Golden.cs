using System.Text;

namespace Betar.X402.Tests.Support;

/// <summary>The worked exchange of the stream protocol, byte for byte.</summary>
internal static class Golden
{
    internal const string CorrelationId = "5b3f1c1e-8a55-4f0e-9b4a-0f6d3f1c2a10";
    internal const string AgentDid = "did:key:z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNcmYQV";
    internal const string NodeDid = "did:key:z6Mkhd3K8VykGJAjRqYciBfNuuwieWoRncu7EYnCZJemnFMS";
    internal const string Input = "What is 2+2?";
    internal const string BareNonce = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    internal const string BuyerKey = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
    internal const string Buyer = "0x2c7536E3605D9C16a7a3D7b1898e529396a65c23";
    internal const string Seller = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1";
    internal const string Usdc = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";
    internal const string BodyBase64 = "eyJpbnB1dCI6IldoYXQgaXMgMisyPyIsInJlc291cmNlIjoiZGlkOmtleTp6Nk1rbjlwTTZLS1lxMzZjYU5kRUNuYjJ2aUdqanJ1N3ZVNUY4c3RzOWJOY21ZUVYifQ==";

    /// <summary>With v = 1, as the original's buyer sends it.</summary>
    internal const string Signature = "0xb860d29881e567abae4bf37067ae3b2301d78b11588f61ed23338586337bfd0b1f4ead908e1a5c05aad1746e72015075ac5743b1de9e20d8c773a442d025adf501";

    internal const string Request = """{"version":"1.0","correlation_id":"5b3f1c1e-8a55-4f0e-9b4a-0f6d3f1c2a10","resource":"did:key:z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNcmYQV","method":"execute","payment":null,"body":"eyJpbnB1dCI6IldoYXQgaXMgMisyPyIsInJlc291cmNlIjoiZGlkOmtleTp6Nk1rbjlwTTZLS1lxMzZjYU5kRUNuYjJ2aUdqanJ1N3ZVNUY4c3RzOWJOY21ZUVYifQ==","caller_did":"did:key:z6Mkhd3K8VykGJAjRqYciBfNuuwieWoRncu7EYnCZJemnFMS"}""";

    internal const string PaymentRequired = """{"version":"1.0","correlation_id":"5b3f1c1e-8a55-4f0e-9b4a-0f6d3f1c2a10","challenge_nonce":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","challenge_expires_at":1775000300,"payment_requirements":{"scheme":"exact","network":"eip155:84532","amount":"1000","asset":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","payTo":"0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1","maxTimeoutSeconds":60,"extra":{"name":"USDC","version":"2"}},"message":"Payment required","seller_did":"did:key:z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNcmYQV"}""";

    internal const string PaidRequest = """{"version":"1.0","correlation_id":"5b3f1c1e-8a55-4f0e-9b4a-0f6d3f1c2a10","payment":{"x402_version":2,"scheme":"exact","network":"eip155:84532","server_nonce":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","payer":"0x2c7536E3605D9C16a7a3D7b1898e529396a65c23","payload":{"signature":"0xb860d29881e567abae4bf37067ae3b2301d78b11588f61ed23338586337bfd0b1f4ead908e1a5c05aad1746e72015075ac5743b1de9e20d8c773a442d025adf501","authorization":{"from":"0x2c7536E3605D9C16a7a3D7b1898e529396a65c23","to":"0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1","value":"1000","validAfter":"1774999995","validBefore":"1775000060","nonce":"0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"}}},"body":"eyJpbnB1dCI6IldoYXQgaXMgMisyPyIsInJlc291cmNlIjoiZGlkOmtleTp6Nk1rbjlwTTZLS1lxMzZjYU5kRUNuYjJ2aUdqanJ1N3ZVNUY4c3RzOWJOY21ZUVYifQ==","caller_did":"did:key:z6Mkhd3K8VykGJAjRqYciBfNuuwieWoRncu7EYnCZJemnFMS"}""";

    internal const string UnknownTypeError = """{"version":"1.0","correlation_id":"","error_code":1000,"error_name":"INVALID_MESSAGE","message":"unknown message type: x","retryable":false}""";

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    internal static byte[] Hex(string text) => Convert.FromHexString(text.Replace("0x", "", StringComparison.Ordinal));
}
