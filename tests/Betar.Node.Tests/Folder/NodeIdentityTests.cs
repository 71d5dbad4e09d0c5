using Betar.Node.Folder;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Folder;

/// <summary>Vectors: the fixed seed 00..1f.</summary>
public sealed class NodeIdentityTests
{
    private const string PublicKey = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";

    private static readonly byte[] Seed = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];

    [Fact]
    public void The_originals_file_is_read()
    {
        using var temp = new TempFolder();
        Write(temp, FixedFile());

        var identity = NodeIdentity.Load(temp.Data).Value;

        Assert.Equal(PublicKey, Convert.ToHexStringLower(identity.PublicKey));
        Assert.Equal("12D3KooWA4Xop1JaT3MHxwYMkCepYsv4iPVopMXwCz5iHYdBfeSB", identity.PeerId);
        Assert.Equal("did:key:z6Mkhd3K8VykGJAjRqYciBfNuuwieWoRncu7EYnCZJemnFMS", identity.NodeDid);
        Assert.Equal("did:key:z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNcmYQV", identity.AgentId("math-agent"));
    }

    [Fact]
    public void A_new_identity_is_68_bytes_for_its_owner_alone_and_stays()
    {
        using var temp = new TempFolder();

        var first = NodeIdentity.LoadOrCreate(temp.Data).Value;
        var second = NodeIdentity.LoadOrCreate(temp.Data).Value;

        var content = File.ReadAllBytes(temp.Data.IdentityKey);
        Assert.Equal(68, content.Length);
        Assert.Equal("08011240", Convert.ToHexStringLower(content.AsSpan(0, 4)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(temp.Data.IdentityKey));
        Assert.Equal(first.PeerId, second.PeerId);
        Assert.StartsWith("12D3KooW", first.PeerId, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(temp.Path));
    }

    [Fact]
    public void Two_nodes_differ()
    {
        using var one = new TempFolder();
        using var two = new TempFolder();

        Assert.NotEqual(NodeIdentity.LoadOrCreate(one.Data).Value.PeerId, NodeIdentity.LoadOrCreate(two.Data).Value.PeerId);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_may_use_is_refused_with_the_command_that_mends_it(UnixFileMode extra)
    {
        using var temp = new TempFolder();
        Write(temp, FixedFile());
        File.SetUnixFileMode(temp.Data.IdentityKey, UnixFileMode.UserRead | UnixFileMode.UserWrite | extra);

        var refusal = NodeIdentity.LoadOrCreate(temp.Data).Refusal;

        Assert.Equal("BTR-2006", refusal?.Error.Code);
        Assert.Equal($"run chmod 600 {temp.Data.IdentityKey}", refusal?.Next);
    }

    [Fact]
    public void Every_damage_of_the_format_is_refused_and_nothing_is_overwritten()
    {
        byte[][] damaged =
        [
            [], [8], FixedFile()[..67], [.. FixedFile(), 0], new byte[68], new byte[4096],
            Changed(0), Changed(1), Changed(3), Changed(4), Changed(36), Changed(67),
        ];
        foreach (var content in damaged)
        {
            using var temp = new TempFolder();
            Write(temp, content);

            Assert.Equal("BTR-2007", NodeIdentity.LoadOrCreate(temp.Data).Refusal?.Error.Code);
            Assert.Equal(content, File.ReadAllBytes(temp.Data.IdentityKey));
        }
    }

    [Fact]
    public void Names_are_taken_as_they_are()
    {
        using var temp = new TempFolder();
        Write(temp, FixedFile());
        var identity = NodeIdentity.Load(temp.Data).Value;

        Assert.NotEqual(identity.AgentId("math-agent"), identity.AgentId("math-agent "));
        Assert.NotEqual(identity.AgentId("a"), identity.AgentId("A"));
        Assert.Equal(identity.NodeDid, identity.AgentId("node"));
    }

    [Fact]
    public void The_key_that_the_network_is_shown_is_the_files()
    {
        using var temp = new TempFolder();

        using var made = NodeIdentity.OpenKey(temp.Data).Value;
        using var again = NodeIdentity.OpenKey(temp.Data).Value;

        Assert.Equal(NodeIdentity.Load(temp.Data).Value.PeerId, made.PeerId.ToString());
        Assert.Equal(made.PeerId, again.PeerId);
    }

    private static byte[] FixedFile() => [8, 1, 0x12, 0x40, .. Seed, .. Convert.FromHexString(PublicKey)];

    private static byte[] Changed(int position)
    {
        var content = FixedFile();
        content[position] ^= 1;
        return content;
    }

    private static void Write(TempFolder temp, byte[] content)
    {
        File.WriteAllBytes(temp.Data.IdentityKey, content);
        File.SetUnixFileMode(temp.Data.IdentityKey, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
