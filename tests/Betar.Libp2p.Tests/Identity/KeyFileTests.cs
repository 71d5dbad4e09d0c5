using Betar.Libp2p.Identity;
using static Betar.Libp2p.Tests.Identity.Keys;

namespace Betar.Libp2p.Tests.Identity;

public sealed class KeyFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("betar-key-");

    [Fact]
    public void A_new_file_is_the_bare_message_for_its_owner_only()
    {
        Assert.True(IdentityKey.TryDecode(Hex(Ed25519Private), out var key));
        var path = Path.Combine(_folder.FullName, "new", "p2p_identity.key");

        KeyFile.Create(path, key);

        Assert.Equal(Ed25519Private, Hex(File.ReadAllBytes(path)));
        Assert.Equal(68, new FileInfo(path).Length);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(path));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        Assert.Equal(KeyFileStatus.Read, KeyFile.TryRead(path, out var read));
        Assert.Equal(key.PeerId, read!.PeerId);
        read.Dispose();
        key.Dispose();
    }

    [Fact]
    public void A_file_is_never_replaced()
    {
        using var key = IdentityKey.Generate();
        var path = Write([1, 2, 3], OwnerOnly);

        Assert.Throws<IOException>(() => KeyFile.Create(path, key));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_may_touch_is_refused(UnixFileMode more)
    {
        Assert.Equal(KeyFileStatus.Exposed, KeyFile.TryRead(Write(Hex(Ed25519Private), OwnerOnly | more), out var key));
        Assert.Null(key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("08011240")]
    [InlineData(Ed25519Private + "0a")]
    [InlineData("00")]
    public void A_file_of_something_else_is_refused(string hex)
    {
        Assert.Equal(KeyFileStatus.Malformed, KeyFile.TryRead(Write(Hex(hex), OwnerOnly), out var key));
        Assert.Null(key);
    }

    [Fact]
    public void A_huge_file_is_not_read_to_its_end() =>
        Assert.Equal(KeyFileStatus.Malformed, KeyFile.TryRead(Write(new byte[1 << 20], OwnerOnly), out _));

    [Theory]
    [InlineData("absent.key")]
    [InlineData("absent/absent.key")]
    public void A_file_that_is_not_there(string name) =>
        Assert.Equal(KeyFileStatus.Missing, KeyFile.TryRead(Path.Combine(_folder.FullName, name), out _));

    [Fact]
    public void Keys_of_other_kinds_are_read()
    {
        Assert.Equal(KeyFileStatus.Read, KeyFile.TryRead(Write(Hex(Secp256k1Private), OwnerOnly), out var key));
        Assert.Equal(Secp256k1Id, key!.PeerId.ToString());
        key.Dispose();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(byte[] content, UnixFileMode mode)
    {
        var path = Path.Combine(_folder.FullName, "key");
        File.WriteAllBytes(path, content);
        File.SetUnixFileMode(path, mode);
        return path;
    }
}
