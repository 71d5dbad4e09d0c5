using System.Security.Cryptography;

namespace Betar.Orleans.Embedded;

internal sealed class CryptoEngineRandom : IEngineRandom
{
    public int Next(int exclusiveBound) => RandomNumberGenerator.GetInt32(exclusiveBound);
}
