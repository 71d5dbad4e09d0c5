namespace Betar.Ethereum.Tests.Support;

/// <summary>Damages good bytes in small ways. The seed is part of every failure.</summary>
internal static class Fuzz
{
    internal static void Mutate(byte[] good, int rounds, int seed, Action<byte[]> parse)
    {
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            var bytes = Damage(good, random);
            try
            {
                parse(bytes);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"seed {seed}, round {round}: {Convert.ToHexStringLower(bytes)}", fault);
            }
        }
    }

    static byte[] Damage(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 3 when at < bytes.Count:
                    bytes.RemoveRange(at, random.Next(1, bytes.Count - at + 1));
                    break;
                default:
                    bytes.InsertRange(at, bytes.Skip(random.Next(bytes.Count + 1)).Take(random.Next(40)).ToList());
                    break;
            }
        }

        return [.. bytes];
    }
}
