package dev.pgwire.config;

import dev.pgwire.internal.config.Keyword;
import dev.pgwire.internal.config.Secrets;
import dev.pgwire.internal.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tells of every keyword that has a value what it is and where it comes from. */
final class Explanation {
    private final Config config;
    private final Settings settings;
    private final List<Setting> rows = new ArrayList<>();

    private Explanation(Config config, Settings settings) {
        this.config = config;
        this.settings = settings;
    }

    static List<Setting> of(Config config, Settings settings) {
        Explanation explanation = new Explanation(config, settings);
        for (Keyword keyword : Keyword.values()) {
            explanation.add(keyword);
        }
        return List.copyOf(explanation.rows);
    }

    private void add(Keyword keyword) {
        String value = settings.text(keyword);
        if (value != null) {
            add(keyword, value, settings.source(keyword));
            return;
        }
        switch (keyword) {
            case PASSWORD -> addPassword();
            case PASSFILE -> {
                Path file = config.passwordFile();
                if (file != null) {
                    add(keyword, file.toString(), Settings.DEFAULT);
                }
            }
            case HOST -> {
                if (settings.text(Keyword.HOSTADDR) == null) {
                    add(keyword, config.hosts().get(0).name(), Settings.DEFAULT);
                }
            }
            case PORT -> add(keyword, Integer.toString(config.hosts().get(0).port()), Settings.DEFAULT);
            default -> {}
        }
    }

    private void addPassword() {
        if (config.credentials() != null) {
            add(Keyword.PASSWORD, "?", "credential source");
            return;
        }
        for (Host host : config.hosts()) {
            String password = config.password(host);
            if (password != null) {
                add(Keyword.PASSWORD, password, "password file " + config.passwordFile());
                return;
            }
        }
    }

    private void add(Keyword keyword, String value, String source) {
        rows.add(new Setting(keyword.text(), Secrets.MASKED.show(keyword, value), source));
    }
}
