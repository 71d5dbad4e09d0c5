using Betar.Crypto.Native;

namespace Betar.Crypto.Tests.Native;

public class NativeDependencyTests
{
    private static readonly NativeDependency Absent = new(
        "libnothing", ["libnothing-of-that-name.so.9"], "this test", "apt-get install libnothing9", Required: false);

    [Fact]
    public void Both_libraries_are_found_here()
    {
        foreach (var dependency in NativeDependency.All)
        {
            Assert.Contains(dependency.FindInstalled(), dependency.FileNames);
        }
    }

    [Fact]
    public void An_absent_library_is_reported_as_absent() => Assert.Null(Absent.FindInstalled());

    [Fact]
    public void The_error_names_the_library_its_use_and_the_remedy()
    {
        var error = Assert.Throws<NativeLibraryMissingException>(() => NativeLoader.Load(Absent));
        Assert.Same(Absent, error.Dependency);
        Assert.Contains("libnothing", error.Message, StringComparison.Ordinal);
        Assert.Contains("libnothing-of-that-name.so.9", error.Message, StringComparison.Ordinal);
        Assert.Contains("this test", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libnothing9", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Later_file_names_are_tried_when_the_first_is_absent()
    {
        var renumbered = NativeDependency.LibCrypto with { FileNames = ["libcrypto.so.999", .. NativeDependency.LibCrypto.FileNames] };
        Assert.True(NativeLoader.TryLoad(renumbered, out var handle, out var fileName));
        Assert.NotEqual(0, handle);
        Assert.NotEqual("libcrypto.so.999", fileName);
    }

    [Fact]
    public void Only_libcrypto_is_required()
    {
        Assert.True(NativeDependency.LibCrypto.Required);
        Assert.False(NativeDependency.LibSecp256k1.Required);
    }
}
