using Betar.Node.Configuration.Editing;
using Betar.Node.Configuration.Models;
using Betar.Node.Configuration.Secrets;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Onboarding;

/// <summary>What a set-up will write: shown before it is done, and nothing when all is as it shall be.</summary>
internal sealed class OnboardPlan
{
    private readonly List<(string What, Action Do)> steps = [];

    /// <summary>One line for each thing that is written; no secret is in them.</summary>
    public IEnumerable<string> Lines => steps.Select(step => step.What);

    public bool IsEmpty => steps.Count == 0;

    public static Checked<OnboardPlan> Make(DataFolder folder, OnboardAnswers answers, Wallets wallets)
    {
        var plan = new OnboardPlan();
        plan.PlanKey(folder, answers);
        if (!wallets.Exists(Wallets.Main) && !File.Exists(folder.PlainWallet))
            plan.steps.Add(($"a new wallet in {folder.Keystore}", () => wallets.LoadOrCreate(Wallets.Main).OrThrow().Dispose()));
        if (plan.PlanConfig(folder, answers) is { } config)
            return config;
        return plan.PlanAgent(folder, answers) is { } agent ? agent : plan;
    }

    public void Do()
    {
        foreach (var (_, action) in steps)
            action();
    }

    private void PlanKey(DataFolder folder, OnboardAnswers answers)
    {
        if (answers.Key is not { } key || answers.Provider is not (ModelEndpoints.Google or ModelEndpoints.OpenAi))
            return;
        var secrets = new KeystoreSecrets(folder);
        var name = answers.Provider == ModelEndpoints.Google ? KeystoreSecrets.GoogleKey : KeystoreSecrets.OpenAiKey;
        if (new NodeSecrets(folder, static _ => null).Find(Configuration.SecretReference.Keystore + name) != key)
            steps.Add(($"the key of {answers.Provider} in {secrets.FileOf(name)}, for its owner alone", () => secrets.Put(name, key)));
    }

    private CliRefusal? PlanConfig(DataFolder folder, OnboardAnswers answers)
    {
        var before = AgentsText.Read(folder.Config);
        if (!before.IsOk)
            return before.Refusal;
        var after = before.Value;
        foreach (var (field, value) in new[] { ("provider", answers.Provider == "none" ? null : answers.Provider), ("model", answers.Model), ("openai_base_url", answers.BaseUrl), ("rpc_url", answers.RpcUrl) })
        {
            if (value is null)
                continue;
            var changed = ConfigEditor.Set(after, folder.Config, field, value);
            if (!changed.IsOk)
                return changed.Refusal;
            if (changed.Value != after)
                steps.Add(($"{field}: {VisibleText.Of(value)} in {folder.Config}", static () => { }));
            after = changed.Value;
        }

        if (after != before.Value)
            steps.Add(($"{folder.Config}, all else in it as it is", () => AgentsText.Write(folder.Config, after)));
        return null;
    }

    private CliRefusal? PlanAgent(DataFolder folder, OnboardAnswers answers)
    {
        if (answers.Agent is not { } name)
            return null;
        var before = AgentsText.Read(folder.Agents);
        if (!before.IsOk)
            return before.Refusal;
        var names = AgentsEditor.Names(before.Value, folder.Agents);
        if (!names.IsOk)
            return names.Refusal;
        List<AgentEdit> fields = [];
        if (answers.Description is not null)
            fields.Add(new AgentEdit("description", answers.Description));
        if (answers.Price is not null)
            fields.Add(new AgentEdit("price", answers.Price));
        if (answers.Provider == "none" && !names.Value.Contains(name))
            fields.Add(AgentEdit.Builtin("echo"));
        var after = names.Value.Contains(name)
            ? AgentsEditor.Edit(before.Value, folder.Agents, name, fields)
            : AgentsEditor.Add(before.Value, folder.Agents, name, fields);
        if (!after.IsOk)
            return after.Refusal;
        if (after.Value != before.Value)
            steps.Add(($"the agent {VisibleText.Of(name)} in {folder.Agents}, all else in it as it is", () => AgentsText.Write(folder.Agents, after.Value)));
        return null;
    }
}
