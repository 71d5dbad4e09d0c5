using System.Security.Cryptography;
using Betar.Crypto.Native;
using static Betar.Crypto.Native.LibCrypto;
using static Betar.Crypto.Secp.BigNumbers;

namespace Betar.Crypto.Secp;

/// <summary>
/// ECDSA over OpenSSL's curve arithmetic. OpenSSL's own signing is not used: before 3.2 it has no deterministic
/// nonce, and it never gives a recovery id.
/// </summary>
internal sealed class LibCryptoBackend : ISecp256k1Backend
{
    private readonly nint _group;
    private readonly nint _order;
    private readonly nint _field;

    private LibCryptoBackend(nint group)
    {
        _group = group;
        _order = EC_GROUP_get0_order(group);
        _field = EC_GROUP_get0_field(group);
    }

    public string Name => "libcrypto";

    /// <summary>Null when the library is absent or was built without this curve.</summary>
    internal static LibCryptoBackend? TryCreate()
    {
        if (!NativeLoader.TryLoad(NativeDependency.LibCrypto, out _, out _))
        {
            return null;
        }

        var group = EC_GROUP_new_by_curve_name(NidSecp256k1);
        if (group != 0)
        {
            return new LibCryptoBackend(group);
        }

        ERR_clear_error();
        return null;
    }

    public void ComputePublicKey(ReadOnlySpan<byte> key32, Span<byte> publicKey64)
    {
        using var numbers = new BigNumbers(_group);
        var point = numbers.PointA;
        Ensure(EC_POINT_mul(_group, point, numbers.ReadSecret(key32), 0, 0, numbers.Context));
        WritePoint(in numbers, point, publicKey64);
    }

    public void Sign(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> key32, Span<byte> signature65)
    {
        Span<byte> state = stackalloc byte[64];
        Span<byte> nonce = stackalloc byte[32];
        try
        {
            var nonces = new Rfc6979Nonce(key32, hash32, state);
            do
            {
                nonces.Next(nonce);
            }
            while (!TrySign(hash32, key32, nonce, signature65));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(state);
            CryptographicOperations.ZeroMemory(nonce);
        }
    }

    public bool TryRecover(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64, int recoveryId, Span<byte> publicKey64)
    {
        using var numbers = new BigNumbers(_group);
        var context = numbers.Context;
        var r = numbers.Read(rs64[..32]);
        var s = numbers.Read(rs64[32..]);
        var noncePoint = numbers.PointA;
        if (EC_POINT_set_compressed_coordinates(_group, noncePoint, r, recoveryId, context) != 1)
        {
            ERR_clear_error();
            return false;
        }

        // Q = -(z/r) G + (s/r) R
        var inverse = NotNull(BN_mod_inverse(numbers.New(), r, _order, context));
        var generatorFactor = numbers.New();
        var pointFactor = numbers.New();
        Ensure(BN_mod_mul(generatorFactor, numbers.Read(hash32), inverse, _order, context));
        Ensure(BN_mod_sub(generatorFactor, _order, generatorFactor, _order, context));
        Ensure(BN_mod_mul(pointFactor, s, inverse, _order, context));
        var key = numbers.PointB;
        Ensure(EC_POINT_mul(_group, key, generatorFactor, noncePoint, pointFactor, context));
        if (EC_POINT_is_at_infinity(_group, key) == 1)
        {
            return false;
        }

        WritePoint(in numbers, key, publicKey64);
        return true;
    }

    public bool Verify(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64, ReadOnlySpan<byte> publicKey64)
    {
        using var numbers = new BigNumbers(_group);
        var context = numbers.Context;
        var key = numbers.PointA;
        if (!TryReadPoint(in numbers, key, publicKey64))
        {
            return false;
        }

        // R = (z/s) G + (r/s) Q, and its x must be r mod n.
        var r = numbers.Read(rs64[..32]);
        var inverse = NotNull(BN_mod_inverse(numbers.New(), numbers.Read(rs64[32..]), _order, context));
        var generatorFactor = numbers.New();
        var pointFactor = numbers.New();
        Ensure(BN_mod_mul(generatorFactor, numbers.Read(hash32), inverse, _order, context));
        Ensure(BN_mod_mul(pointFactor, r, inverse, _order, context));
        var point = numbers.PointB;
        Ensure(EC_POINT_mul(_group, point, generatorFactor, key, pointFactor, context));
        if (EC_POINT_is_at_infinity(_group, point) == 1)
        {
            return false;
        }

        var x = numbers.New();
        Ensure(EC_POINT_get_affine_coordinates(_group, point, x, 0, context));
        Ensure(BN_nnmod(x, x, _order, context));
        return BN_cmp(x, r) == 0;
    }

    public bool TryDecompress(ReadOnlySpan<byte> compressed33, Span<byte> publicKey64)
    {
        using var numbers = new BigNumbers(_group);
        var x = numbers.Read(compressed33[1..]);
        if (BN_cmp(x, _field) >= 0
            || EC_POINT_set_compressed_coordinates(_group, numbers.PointA, x, compressed33[0] & 1, numbers.Context) != 1)
        {
            ERR_clear_error();
            return false;
        }

        WritePoint(in numbers, numbers.PointA, publicKey64);
        return true;
    }

    /// <summary>
    /// s = (b·k)⁻¹ · (b·z + b·r·d) for a random b: the multiplications that are not constant-time never see k, or
    /// d beside a value that an observer knows.
    /// </summary>
    private bool TrySign(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> key32, ReadOnlySpan<byte> nonce32, Span<byte> signature65)
    {
        using var numbers = new BigNumbers(_group);
        var context = numbers.Context;
        var nonce = numbers.ReadSecret(nonce32);
        var point = numbers.PointA;
        Ensure(EC_POINT_mul(_group, point, nonce, 0, 0, context));
        var x = numbers.New();
        var y = numbers.New();
        Ensure(EC_POINT_get_affine_coordinates(_group, point, x, y, context));
        var r = numbers.New();
        Ensure(BN_nnmod(r, x, _order, context));
        if (BN_is_zero(r) == 1)
        {
            return false;
        }

        var blind = numbers.New();
        do
        {
            Ensure(BN_priv_rand_range(blind, _order));
        }
        while (BN_is_zero(blind) == 1);

        var s = numbers.New();
        var term = numbers.New();
        Ensure(BN_mod_mul(term, blind, r, _order, context));
        Ensure(BN_mod_mul(term, term, numbers.ReadSecret(key32), _order, context));
        Ensure(BN_mod_mul(s, blind, numbers.Read(hash32), _order, context));
        Ensure(BN_mod_add(s, s, term, _order, context));
        Ensure(BN_mod_mul(term, blind, nonce, _order, context));
        Ensure(BN_mod_mul(s, s, Invert(in numbers, term), _order, context));
        if (BN_is_zero(s) == 1)
        {
            return false;
        }

        Write(r, signature65[..32]);
        Write(s, signature65[32..64]);
        var recoveryId = BN_is_odd(y) | (BN_cmp(x, _order) >= 0 ? 2 : 0);
        if (!CurveOrder.IsLow(signature65[32..64]))
        {
            Ensure(BN_sub(s, _order, s));
            Write(s, signature65[32..64]);
            recoveryId ^= 1;
        }

        signature65[64] = (byte)recoveryId;
        return true;
    }

    // Fermat: number^(n-2), in constant time.
    private nint Invert(in BigNumbers numbers, nint number)
    {
        var power = numbers.New();
        var result = numbers.New();
        Ensure(BN_set_word(power, 2));
        Ensure(BN_sub(power, _order, power));
        Ensure(BN_mod_exp_mont_consttime(result, number, power, _order, numbers.Context, 0));
        return result;
    }

    private bool TryReadPoint(in BigNumbers numbers, nint point, ReadOnlySpan<byte> publicKey64)
    {
        var x = numbers.Read(publicKey64[..32]);
        var y = numbers.Read(publicKey64[32..]);

        // OpenSSL would reduce a coordinate beyond the field and accept a second spelling of the same point.
        if (BN_cmp(x, _field) < 0
            && BN_cmp(y, _field) < 0
            && EC_POINT_set_affine_coordinates(_group, point, x, y, numbers.Context) == 1)
        {
            return true;
        }

        ERR_clear_error();
        return false;
    }

    private void WritePoint(in BigNumbers numbers, nint point, Span<byte> publicKey64)
    {
        var x = numbers.New();
        var y = numbers.New();
        Ensure(EC_POINT_get_affine_coordinates(_group, point, x, y, numbers.Context));
        Write(x, publicKey64[..32]);
        Write(y, publicKey64[32..]);
    }
}
