using Betar.Crypto;

namespace Betar.Ethereum.Tests.Transactions;

internal sealed record SignedVector(PrivateKey Key, Eip1559Transaction Transaction, byte[] Raw, Hash32 Hash, Address Sender);
