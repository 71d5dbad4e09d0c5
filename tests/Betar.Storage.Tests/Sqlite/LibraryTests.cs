using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Sqlite;

/// <summary>
/// Which SQLite is taken, each time in a process that has none yet. A library is hidden by an empty file that is mounted over it
/// in a name space of its own.
/// </summary>
public sealed class LibraryTests : IDisposable
{
    private const string System = @"^system libsqlite3\.so(\.0)? 3\.\d+\.\d+$";
    private const string Bundled = @"^bundled e_sqlite3 3\.\d+\.\d+$";
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_systems_library_is_taken_whoever_asks_first()
    {
        Assert.Collection(await ProbeAsync("us"), IsSound, line => Assert.Matches(System, line));
        Assert.Collection(await ProbeAsync("asked"), line => Assert.Matches(System, line), IsSound, line => Assert.Matches(System, line));
    }

    [Fact]
    public async Task Without_it_the_packages_own_is_taken()
    {
        Assert.Collection(await ProbeAsync("us", SystemFiles), IsSound, line => Assert.Matches(Bundled, line));
        Assert.Collection(await ProbeAsync("asked", SystemFiles), line => Assert.Matches(Bundled, line), IsSound, line => Assert.Matches(Bundled, line));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_other_code_has_chosen_is_kept_for_the_whole_process(bool hidden) => Assert.Collection(
        await ProbeAsync("another", hidden ? SystemFiles : ""), IsSound, line => Assert.Matches(Bundled, line), line => Assert.Equal("0", line));

    [Fact]
    public async Task Without_any_the_package_to_install_is_named()
    {
        var bundled = $"{Path.GetDirectoryName(Child.Assembly)}/runtimes/*/native/libe_sqlite3.so";
        var refusal = Assert.Single(await ProbeAsync("us", $"{SystemFiles} {bundled}"));
        Assert.Equal("LibraryMissing: No SQLite library was found; install the Debian package libsqlite3-0.", refusal);
        Assert.Empty(Directory.GetFiles(folder.Root));
    }

    /// <summary>Wherever the loader of this machine looks.</summary>
    private static string SystemFiles => "$(ldconfig -p | awk '/libsqlite3/ {print $NF}')";

    private static void IsSound(string line) => Assert.Equal("sound", line);

    private Task<string[]> ProbeAsync(string first, string hide = "")
    {
        File.Delete(folder.Database);
        return Child.RunInNameSpacesAsync($"PATH=$PATH:/sbin:/usr/sbin; for file in {hide}; do mount --bind /dev/null \"$file\" || exit 9; done; "
            + $"exec dotnet exec '{Child.Assembly}' {LibraryProbe.Verb} {first} '{folder.Database}'");
    }
}
