using Betar.Crypto.Native;
using Betar.Crypto.Startup;

namespace Betar.Crypto.Tests.Startup;

/// <summary>The libraries of this machine pass; each fault that the test looks for is found, and said in one sentence.</summary>
public sealed class CurveSelfTestTests
{
    [Fact]
    public void The_curves_of_this_machine_are_right()
    {
        Assert.Null(CurveSelfTest.FindFault(new NativeCurves()));
        CurveSelfTest.Require();
    }

    [Theory]
    [InlineData("secret", "X25519 gives a wrong secret")]
    [InlineData("no secret", "X25519 gives a wrong secret")]
    [InlineData("small order", "X25519 takes a point of small order")]
    [InlineData("sign", "Ed25519 makes a wrong signature")]
    [InlineData("verify nothing", "Ed25519 refuses a right signature")]
    [InlineData("verify all", "Ed25519 takes a signature of something else")]
    [InlineData("verify respelled", "Ed25519 takes a second spelling of a signature")]
    [InlineData("secp sign", "secp256k1 makes a wrong signature")]
    [InlineData("secp verify nothing", "secp256k1 refuses a right signature")]
    [InlineData("secp verify all", "secp256k1 takes a signature of something else")]
    public void A_fault_is_found(string fault, string words) => Assert.Equal(words, CurveSelfTest.FindFault(new FaultyCurves(fault)));

    [Fact]
    public void A_library_without_the_functions_is_a_fault_and_no_crash() =>
        Assert.Equal("it cannot be called (Unable to find an entry point named 'EVP_x')", CurveSelfTest.FindFault(new FaultyCurves("no entry")));

    [Fact]
    public void A_fault_becomes_one_sentence_with_the_remedy()
    {
        var error = Assert.Throws<NativeLibraryMissingException>(() => CurveSelfTest.Require("X25519 gives a wrong secret"));
        Assert.Equal(
            "The native library libcrypto (libcrypto.so.3) must not be used: X25519 gives a wrong secret; it is needed for X25519, Ed25519, and secp256k1 when libsecp256k1 is absent: "
            + "install OpenSSL 3 (Debian and Ubuntu: apt-get install libssl3).",
            error.Message);
        Assert.Same(NativeDependency.LibCrypto, error.Dependency);
    }

    private sealed class FaultyCurves(string fault) : ICurves
    {
        private readonly NativeCurves _right = new();

        public bool TryAgree(ReadOnlySpan<byte> private32, ReadOnlySpan<byte> theirs32, Span<byte> shared32)
        {
            if (fault == "no entry")
                throw new EntryPointNotFoundException("Unable to find an entry point named 'EVP_x'.");
            var agreed = _right.TryAgree(private32, theirs32, shared32);
            if (fault == "secret")
                shared32[0] ^= 1;
            return fault == "small order" || (agreed && fault != "no secret");
        }

        public void SignEd25519(ReadOnlySpan<byte> seed32, ReadOnlySpan<byte> message, Span<byte> signature64)
        {
            _right.SignEd25519(seed32, message, signature64);
            if (fault == "sign")
                signature64[63] ^= 1;
        }

        public bool VerifyEd25519(ReadOnlySpan<byte> publicKey32, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature64) => fault switch
        {
            "verify nothing" => false,
            "verify all" => true,
            // The second spelling has a greater last byte than any right one.
            "verify respelled" => signature64[63] > 0x10 || _right.VerifyEd25519(publicKey32, message, signature64),
            _ => _right.VerifyEd25519(publicKey32, message, signature64),
        };

        public void SignSecp256k1(ReadOnlySpan<byte> key32, ReadOnlySpan<byte> hash32, Span<byte> signature65)
        {
            _right.SignSecp256k1(key32, hash32, signature65);
            if (fault == "secp sign")
                signature65[0] ^= 1;
        }

        public bool VerifySecp256k1(ReadOnlySpan<byte> publicKey64, ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64) =>
            fault != "secp verify nothing" && (fault == "secp verify all" || _right.VerifySecp256k1(publicKey64, hash32, rs64));
    }
}
