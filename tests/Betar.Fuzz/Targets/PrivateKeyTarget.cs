using Betar.Libp2p.Identity;

namespace Betar.Fuzz.Targets;

/// <summary>Identities as key files hold them: one that is taken signs for its own peer id.</summary>
internal sealed class PrivateKeyTarget : IFuzzTarget
{
    public string Name => "private-key";

    public bool Take(byte[] input)
    {
        if (!IdentityKey.TryDecode(input, out var key))
            return false;
        using (key)
        {
            FuzzException.Unless(key.PublicKey.Verify("message"u8, key.Sign("message"u8)), "its signature does not hold");
            return true;
        }
    }
}
