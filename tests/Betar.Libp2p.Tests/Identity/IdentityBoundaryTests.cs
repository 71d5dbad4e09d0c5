using System.Security.Cryptography;
using Betar.Libp2p.Identity;
using static Betar.Libp2p.Tests.Identity.Keys;

namespace Betar.Libp2p.Tests.Identity;

/// <summary>Key files and peer ids one byte and one bit away from what is right.</summary>
public sealed class IdentityBoundaryTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("betar-edge-");

    [Fact]
    public void No_beginning_of_a_key_file_is_one()
    {
        var whole = Hex(Ed25519Private);
        Assert.Equal(68, whole.Length);
        for (var length = 0; length < whole.Length; length++)
            Assert.Equal(KeyFileStatus.Malformed, KeyFile.TryRead(Write(whole[..length], OwnerOnly), out _));
        for (var more = 1; more < 40; more++)
            Assert.Equal(KeyFileStatus.Malformed, KeyFile.TryRead(Write([.. whole, .. new byte[more]], OwnerOnly), out _));
    }

    /// <summary>The seed may be any bytes; then the public half behind it is wrong. Nothing that was changed is read.</summary>
    [Fact]
    public void No_bit_of_a_key_file_may_be_another()
    {
        var whole = Hex(Ed25519Private);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var bent = (byte[])whole.Clone();
            bent[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(IdentityKey.TryDecode(bent, out var key), $"bit {bit}");
            Assert.Null(key);
        }
    }

    [Fact]
    public void Every_right_of_somebody_else_is_too_much_and_every_right_of_the_owner_is_not()
    {
        for (var mode = 0; mode < 512; mode++)
        {
            var rights = (UnixFileMode)mode;
            if ((rights & UnixFileMode.UserRead) == 0)
                continue;
            var expected = (mode & 0b111_111) == 0 ? KeyFileStatus.Read : KeyFileStatus.Exposed;
            Assert.Equal((rights, expected), (rights, KeyFile.TryRead(Write(Hex(Ed25519Private), rights), out var key)));
            key?.Dispose();
        }
    }

    [Fact]
    public void The_rights_are_those_of_the_file_and_not_of_a_link_to_it()
    {
        var file = Write(Hex(Ed25519Private), OwnerOnly | UnixFileMode.OtherRead);
        var link = Path.Combine(_folder.FullName, "link");
        File.CreateSymbolicLink(link, file);

        Assert.Equal(KeyFileStatus.Exposed, KeyFile.TryRead(link, out _));
        File.SetUnixFileMode(file, OwnerOnly);
        Assert.Equal(KeyFileStatus.Read, KeyFile.TryRead(link, out var key));
        key!.Dispose();
    }

    [Fact]
    public void A_link_to_nowhere_is_not_written_through()
    {
        var target = Path.Combine(_folder.FullName, "elsewhere");
        var link = Path.Combine(_folder.FullName, "dangling");
        File.CreateSymbolicLink(link, target);
        using var key = IdentityKey.Generate();

        Assert.Equal(KeyFileStatus.Missing, KeyFile.TryRead(link, out _));
        Assert.Throws<IOException>(() => KeyFile.Create(link, key));
        Assert.False(File.Exists(target));
    }

    /// <summary>Up to 42 bytes a key stands in the id itself; an id that could hold its key and does not, or the other way round, is a second spelling.</summary>
    [Fact]
    public void Which_keys_stand_in_the_id_is_decided_by_their_length()
    {
        var shortKey = Hex(Ed25519Public);
        Assert.True(PeerId.TryDecode([0, (byte)shortKey.Length, .. shortKey], out var inlined));
        Assert.True(inlined.TryGetPublicKey(out var inside));
        Assert.Equal(inlined, inside.ToPeerId());

        using var rsa = RSA.Create(2048);
        var longKey = Betar.Libp2p.Identity.PublicKey.Create(KeyType.Rsa, rsa.ExportSubjectPublicKeyInfo());
        var id = longKey.ToPeerId();
        Assert.Equal("1220", Convert.ToHexStringLower(id.Bytes[..2]));
        Assert.Equal(SHA256.HashData(longKey.Encoded.Span), id.Bytes[2..].ToArray());
        Assert.False(id.TryGetPublicKey(out _));
    }

    [Fact]
    public void No_beginning_of_an_id_and_no_longer_one_is_an_id()
    {
        foreach (var good in new byte[][] { [0, 36, .. Hex(Ed25519Public)], [0x12, 32, .. new byte[32]] })
        {
            Assert.True(PeerId.TryDecode(good, out var id));
            for (var length = 0; length < good.Length; length++)
                Assert.False(PeerId.TryDecode(good.AsSpan(0, length), out _), $"{length} bytes of {id}");
            Assert.False(PeerId.TryDecode([.. good, 0], out _));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(byte[] content, UnixFileMode mode)
    {
        var path = Path.Combine(_folder.FullName, "key");
        File.Delete(path);
        File.WriteAllBytes(path, content);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
